"""The register of tests/crisis, loaded."""

from tests.crisis.conftest import lists, load, quarter_loaded, written

__all__ = ["lists", "load", "quarter_loaded", "written"]
