"""Kill the server during a save, an upload, a load: afterwards the database is whole and what was answered is kept."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rondom.cli.serve import is_free
from tests.cli.conftest import clean_environment, run_rondom
from tests.faults.conftest import (
    answers,
    assert_whole,
    free_port,
    hear,
    kill,
    rows,
    serving,
    start,
    stop,
    until,
)
from tests.faults.filling import FormBrowser

pytestmark = pytest.mark.fault
GONE = (OSError, http.client.HTTPException)


def case_of(folder, child: str) -> str:
    """Return the id of the case of a child of the cast."""
    query = (
        "SELECT c.case_id FROM dossiers_casedossier c JOIN dossiers_dossier d ON d.id = c.dossier_id "
        f"JOIN people_person p ON p.id = d.youth_id WHERE p.called = '{child}'"
    )
    key = rows(folder, "rondom", query)[0][0]
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


class Worker(threading.Thread):
    """A case worker who adds documents and keeps drafts until the server is gone; `kept` is what was answered."""

    def __init__(self, port: int, page: str, name: str) -> None:
        super().__init__(daemon=True, name=name)
        self.page, self.browser = page, FormBrowser(port)
        self.kept: list[str] = []
        self.drafts = 0
        self.wrong: list[object] = []

    def run(self) -> None:
        try:
            assert self.browser.sign_in("case_worker") == 302
            while True:
                self.work(len(self.kept))
        except GONE:
            return
        except (AssertionError, KeyError) as error:
            self.wrong.append(error)

    def work(self, number: int) -> None:
        fields = self.browser.fields(self.page)
        form = {
            **fields.hidden, "title": f"{self.name} {number}", "kind": "report", "regime": "youth_help",
            "concerns": fields.boxes["concerns"][0], "author": "",
        }  # fmt: skip
        status, _where = self.browser.send("/concept/", form)
        self.drafts += status in (200, 302)
        file = SimpleUploadedFile("verslag.txt", f"{self.name} {number} ".encode() * 5000, "text/plain")
        status, where = self.browser.send(self.page, {**form, "file": file})
        if status == 302:
            self.kept.append(where)
        else:
            self.wrong.append(status)


def test_the_server_is_killed_twice_while_people_save_and_upload(folder):
    """The second time on what the first one left."""
    page = f"/gezin/{case_of(folder, 'Daan')}/documenten/?nieuw=1"  # the form stands behind the list once there is one
    kept: list[str] = []
    for seconds in (0.3, 1.1):
        kept += work_until_killed(folder, page, seconds)
        assert_whole(folder)
    with serving(folder) as (port, server):
        browser = FormBrowser(port)
        assert browser.sign_in("case_worker") == 302
        assert [(path, browser.open(path)[0]) for path in kept] == [(path, 200) for path in kept]
        stop(server)
    assert run_rondom(folder, "worker", "--once").returncode == 0
    said = assert_whole(folder)
    assert "events: " in said
    assert said.count(" 0 unsealed") == 2


def work_until_killed(folder, page: str, seconds: float) -> list[str]:
    """Let four people add documents, kill the server in the midst of it; return the documents they were told of."""
    with serving(folder) as (port, server):
        workers = [Worker(port, page, f"worker{n} {seconds}") for n in range(4)]
        for worker in workers:
            worker.start()
        until(lambda: sum(len(w.kept) for w in workers) >= 4 or any(w.wrong for w in workers))
        time.sleep(seconds)
        kill(server)
        for worker in workers:
            worker.join(30)
    assert [w.wrong for w in workers] == [[], [], [], []]
    return [path for worker in workers for path in worker.kept]


def test_a_load_is_killed(folder):
    loader = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.loader"], text=True, start_new_session=True,
        env=clean_environment(RONDOM_DATA=str(folder), DJANGO_SETTINGS_MODULE="rondom.settings"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert loader.stdout is not None
    said = [loader.stdout.readline().strip() for _ in range(30)]
    loader.kill()
    said += loader.stdout.read().split()
    loader.stdout.close()
    loader.wait()
    kept = {key.replace("-", "") for key in said}
    there = {key for (key,) in rows(folder, "rondom", "SELECT id FROM dossiers_note")}
    assert kept <= there, said
    notes = rows(folder, "rondom", "SELECT count(*) FROM dossiers_note")
    told = rows(folder, "rondom", "SELECT count(*) FROM core_event WHERE kind = 'dossiers.note_written'")
    assert notes == told
    assert_whole(folder)


def test_the_making_of_an_installation_is_killed_three_times_and_done_at_last(tmp_path):
    data = tmp_path / "data"
    words = ("init", "--kind", "training", "--key-file", str(tmp_path / "keys" / "k"), "--folder", str(data))
    took = 0.0  # seconds from the start until the database is there
    for share in (0.3, 0.6, 0.9):
        began = time.monotonic()
        process = start(data, *words)
        if not took:
            until(lambda: (data / "db" / "rondom.sqlite3").exists())
            took = time.monotonic() - began
        time.sleep(max(0.0, began + took * (1 + share) - time.monotonic()))
        kill(process)
    assert run_rondom(data, "worker", "--once").returncode == 3
    again = run_rondom(data, *words)
    assert again.returncode == 0, again.stderr
    assert_whole(data)


def test_a_demonstration_killed_while_it_is_made_is_finished_the_next_time(tmp_path):
    folder = tmp_path / "data"
    process = start(folder, "demo", "--make")
    until(lambda: (folder / "db" / "looks.sqlite3").exists())
    kill(process)
    done = run_rondom(folder, "demo", "--make", timeout=300)
    assert done.returncode == 0, done.stderr
    assert rows(folder, "rondom", "SELECT count(*) FROM accounts_staffmember")[0][0] > 5
    assert_whole(folder)


def test_what_was_recorded_last_is_sealed_when_server_and_worker_are_stopped(folder):
    worker = start(folder, "worker")
    hear(worker, "works")
    with serving(folder) as (port, server):
        browser = FormBrowser(port)
        assert browser.sign_in("case_worker") == 302
        before = rows(folder, "looks", "SELECT count(*) FROM core_look")[0][0]
        assert browser.open(f"/gezin/{case_of(folder, 'Daan')}/documenten/")[0] == 200
        assert rows(folder, "looks", "SELECT count(*) FROM core_look")[0][0] > before
        assert stop(server)[0] == 0
    code, said = stop(worker)
    assert (code, "the audit records are sealed" in said) == (0, True)
    assert assert_whole(folder).count(" 0 unsealed") == 2


def test_of_two_workers_each_scheduled_job_is_done_by_one(folder):
    workers = [start(folder, "worker"), start(folder, "worker")]
    for worker in workers:
        hear(worker, "works")
    until(
        lambda: all(r == ("done",) for r in rows(folder, "rondom", "SELECT result FROM core_scheduledrun") or [("",)])
    )
    assert [stop(worker)[0] for worker in workers] == [0, 0]
    assert_whole(folder)


def test_a_port_that_is_taken_is_said(folder):
    with serving(folder) as (port, _server):
        for words in (("serve",), ("demo",)):
            done = run_rondom(folder, *words, "--port", str(port))
            assert (done.returncode, "is taken" in done.stderr, "Traceback" in done.stderr) == (4, True, False)


def test_a_demonstration_that_is_killed_leaves_nothing_running(folder):
    port = free_port()
    demonstration = start(folder, "demo", "--port", str(port))
    until(lambda: answers(port))
    os.kill(demonstration.pid, signal.SIGKILL)
    with demonstration:
        demonstration.wait(30)
    until(lambda: is_free("127.0.0.1", port))
    again = start(folder, "demo", "--port", str(port))
    hear(again, "Ctrl-C stops it")
    assert answers(port)
    code, said = stop(again)
    assert (code, "Stopping." in said) == (0, True)
    assert not answers(port)


def test_two_server_processes_share_the_limit_of_wrong_passwords(folder):
    """Five wrong passwords for one account are enough, whichever process they arrive at."""
    with serving(folder) as (one, _), serving(folder) as (other, _):
        said = [FormBrowser(port).wrong_password("sanne") for port in (one, other, one, other, one)]
        assert not any("Te veel pogingen" in page for page in said)
        for port in (one, other):
            assert "Te veel pogingen" in FormBrowser(port).wrong_password("sanne")
