"""`./dev` finds a Python that really starts and makes .venv, whatever the machine looks like."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
NEEDED = ("sh", "dirname", "readlink", "cksum", "head", "cat", "rm", "mkdir", "sleep", "grep", "flock", "chmod")
PYTHON = f"""#!/bin/sh
# A Python whose new environments get a uv that only notes what it is asked.
if [ "$1 $2" = "-m venv" ]; then
  {REAL} -m venv --without-pip "$3" && printf '#!/bin/sh\\necho "$*" >> "%s/uv-was-asked"\\n' "$3" > "$3/bin/uv"
  chmod +x "$3/bin/uv"
else
  exec {REAL} "$@"
fi
"""
DOES_NOT_START = "#!/bin/sh\necho 'pyenv: command not found' >&2\nexit 127\n"


class Machine:
    """A repository and a machine on which only what a test puts there can be found."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.bin = home / "bin"
        self.repository = home / "a repository"
        self.bin.mkdir()
        for name in NEEDED:
            found = shutil.which(name)
            if found:
                (self.bin / name).symlink_to(found)
        (self.repository / "tools").mkdir(parents=True)
        shutil.copy(ROOT / "dev", self.repository / "dev")
        for name in ("uv.lock", "pyproject.toml", "tools/__init__.py"):
            (self.repository / name).write_text("", "utf-8")
        (self.repository / "tools" / "dev.py").write_text(
            "import os, sys; print('ran', *sys.argv[1:], os.environ['RONDOM_CALLED_FROM'])", "utf-8"
        )

    def put(self, path: str, text: str) -> None:
        """Put a program on the machine."""
        place = self.home / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
        place.chmod(0o755)

    def start(self, *words: str, cwd: Path | None = None, script: Path | None = None, **extra: str):
        """Start ./dev."""
        return subprocess.Popen(
            [str(script or self.repository / "dev"), *words], cwd=cwd or self.home, text=True,
            env={"PATH": str(self.bin), "HOME": str(self.home), **extra},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def dev(self, *words: str, cwd: Path | None = None, script: Path | None = None, **extra: str):
        """Run ./dev to its end."""
        process = self.start(*words, cwd=cwd, script=script, **extra)
        out, err = process.communicate(timeout=180)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    @property
    def asked(self) -> list[str]:
        """What uv in .venv was asked to do."""
        path = self.repository / ".venv" / "uv-was-asked"
        return [line for line in path.read_text("utf-8").splitlines() if line.startswith("sync")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A bare machine: no Python, no uv."""
    return Machine(tmp_path)


def ran(done, *words: str) -> None:
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(" ".join(("ran", *words)))


def test_it_finds_a_python_hidden_behind_shims_that_do_not_start(machine):
    for name in ("python3", "python", "python3.12", "python3.13"):
        machine.put(f"elsewhere/pyenv/shims/{name}", DOES_NOT_START)
    machine.put("elsewhere/pyenv/versions/3.11.7/bin/python", DOES_NOT_START)
    machine.put("elsewhere/pyenv/versions/3.13.0/bin/python", PYTHON)
    shims = machine.home / "elsewhere" / "pyenv" / "shims"
    ran(machine.dev("lint", PATH=f"{shims}:{machine.bin}"), "lint")


def test_it_finds_a_python_in_the_versions_folder_at_home(machine):
    machine.put(".pyenv/versions/3.12.1/bin/python", PYTHON)
    ran(machine.dev("test", "-k", "two words"), "test", "-k", "two words")


def test_it_prepares_once_and_again_when_the_lock_changes(machine):
    machine.put("bin/python3", PYTHON)
    first, second = machine.dev(), machine.dev()
    assert "Installing the locked packages" in first.stderr
    assert second.stderr == ""
    assert len(machine.asked) == 1
    (machine.repository / "uv.lock").write_text("another", "utf-8")
    ran(machine.dev())
    assert len(machine.asked) == 2


def test_it_works_from_anywhere_and_through_a_link_and_says_where_it_was_called(machine):
    machine.put("bin/python3", PYTHON)
    here = machine.home / "some where"
    here.mkdir()
    (here / "link").symlink_to(os.path.relpath(machine.repository / "dev", here))
    (machine.home / "second").symlink_to(here / "link")
    done = machine.dev("demo", cwd=here, script=machine.home / "second")
    ran(done, "demo", str(here))


def test_an_environment_whose_python_is_gone_is_made_anew(machine):
    machine.put("bin/python3", PYTHON)
    machine.dev()
    python = machine.repository / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    ran(machine.dev())


def test_an_environment_of_a_folder_that_was_moved_is_made_anew(machine):
    machine.put("bin/python3", PYTHON)
    machine.dev()
    machine.repository = machine.repository.rename(machine.home / "moved")
    done = machine.dev()
    ran(done)
    assert "Preparing .venv" in done.stderr


def test_two_at_once_prepare_once(machine):
    machine.put("bin/python3", PYTHON)
    both = [machine.start("one"), machine.start("two")]
    for process in both:
        out, err = process.communicate(timeout=180)
        assert (process.returncode, out[:3]) == (0, "ran"), err
    assert len(machine.asked) == 1


def test_the_python_somebody_names_is_taken_also_by_a_relative_path(machine):
    machine.put("mine/py", PYTHON)
    ran(machine.dev("lint", cwd=machine.home / "mine", PYTHON="./py"), "lint")


FIXED_PLACES = [*Path("/usr/local/bin").glob("python3.1[2-9]"), *Path("/opt").glob("*python*/bin/python3")]
has_none = pytest.mark.skipif(bool(FIXED_PLACES), reason="this machine has a Python where ./dev always looks")


@has_none
def test_without_any_python_it_says_what_to_do(machine):
    machine.put("bin/python3", DOES_NOT_START)
    done = machine.dev("lint")
    assert done.returncode == 1
    assert "Rondom needs Python 3.12 or newer" in done.stderr


@has_none
def test_without_python_but_with_uv_it_lets_uv_bring_one(machine):
    machine.put("brought/python", PYTHON)
    machine.put("bin/uv", f"#!/bin/sh\n[ \"$2\" = install ] || echo '{machine.home}/brought/python'\n")
    done = machine.dev("lint")
    ran(done, "lint")
    assert "asking uv to fetch one" in done.stderr
