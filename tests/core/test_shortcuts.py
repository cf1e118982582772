"""Single-key shortcuts can be switched off, per browser."""

import pytest

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.fixture
def worker(client, cast):
    client.force_login(cast.staff["sanne"].account, backend="rondom.demo.backends.OneClick")
    return client


def test_a_person_switches_the_shortcuts_off_and_on_again(worker):
    assert b'data-keys="off"' not in worker.get("/sneltoetsen/").content
    assert worker.post("/sneltoetsen/", {"keys": "off"}).status_code == 302
    assert b'data-keys="off"' in worker.get("/galerij/").content
    assert worker.post("/sneltoetsen/", {"keys": "on"}).status_code == 302
    assert b'data-keys="off"' not in worker.get("/galerij/").content


def test_the_way_to_the_switch_stands_under_every_page_of_staff(worker):
    assert b'href="/sneltoetsen/"' in worker.get("/galerij/").content
