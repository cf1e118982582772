"""The register of tests/crisis, loaded, and a data folder of its own for snapshots."""

import pytest

from tests.crisis.conftest import lists, load, quarter_loaded, written

__all__ = ["lists", "load", "quarter_loaded", "written"]


@pytest.fixture
def own_folder(settings, tmp_path):
    """Let snapshots (and locks) of one test stand apart."""
    settings.DATA = tmp_path
    return tmp_path
