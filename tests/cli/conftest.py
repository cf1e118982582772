"""Installations in throwaway folders, and the command `rondom` as a program of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

OURS = ("RONDOM_DATA", "RONDOM_KEY_FILE", "RONDOM_DATABASE_URL", "RONDOM_LOOKS_URL", "DJANGO_SETTINGS_MODULE")
Rondom = Callable[..., subprocess.CompletedProcess[str]]


def clean_environment(**extra: str) -> dict[str, str]:
    """Return the environment without what the tests themselves run on."""
    return {**{k: v for k, v in os.environ.items() if k not in OURS}, **extra}


def run_rondom(folder: Path, *words: str, timeout: float = 180, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `rondom` on a data folder."""
    return subprocess.run(
        [sys.executable, "-m", "rondom.cli.main", *words],
        env=clean_environment(RONDOM_DATA=str(folder), **extra),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        cwd=folder.parent,
    )


@pytest.fixture
def rondom() -> Rondom:
    """The command."""
    return run_rondom


@pytest.fixture(scope="module")
def made_training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `data` and `keys/training.keys`: a training installation, made once per file."""
    home = tmp_path_factory.mktemp("training home")  # a path with a space in it
    done = run_rondom(
        home / "data", "init", "--kind", "training", "--key-file", str(home / "keys" / "training.keys"),
        "--folder", str(home / "data"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def training(made_training: Path, tmp_path: Path) -> Path:
    """A copy of the training installation for one test; its keys are named in RONDOM_KEY_FILE by the test."""
    shutil.copytree(made_training, tmp_path / "home", copy_function=shutil.copy2)
    return tmp_path / "home"
