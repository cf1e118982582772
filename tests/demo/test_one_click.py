"""One-click sign-in works in a demonstration, from this machine, with a token; and nowhere else."""

import os
import subprocess
import sys

import pytest
from django.test import Client

from rondom import installation
from rondom.core import keys
from rondom.demo.personas import PERSONAS

HERE = {"headers": {"host": "127.0.0.1"}}


def click(client, key, **extra):
    return client.post("/demo/aanmelden/", {"persona": key}, **{**HERE, **extra})


@pytest.mark.parametrize("key", ["case_worker", "back_office", "functional_administrator"])
def test_a_persona_signs_in_with_one_click(client, cast, key):
    response = click(client, key)
    assert response.status_code == 302
    assert response["Location"] == PERSONAS[key].start
    assert client.get("/account/", **HERE).status_code == 200


def test_the_start_page_shows_a_card_for_each_persona_that_exists(client, cast):
    page = client.get("/demo/", **HERE).content.decode()
    assert "Sanne Bakker" in page
    assert 'value="case_worker"' in page


def test_it_asks_for_the_token_of_the_form(cast):
    assert click(Client(enforce_csrf_checks=True), "case_worker").status_code == 403


@pytest.mark.parametrize("host", ["rondom.example", "127.0.0.1.example", "10.0.0.1"])
def test_another_host_name_is_refused(client, cast, settings, host):
    settings.ALLOWED_HOSTS = ["*"]
    assert click(client, "case_worker", headers={"host": host}).status_code == 404
    assert client.get("/demo/", headers={"host": host}).status_code == 404


def test_another_machine_is_refused(client, cast):
    assert click(client, "case_worker", REMOTE_ADDR="192.168.1.4").status_code == 404


def test_an_unknown_persona_is_refused(client, cast):
    assert click(client, "mayor").status_code == 404


@pytest.mark.parametrize("module", ["rondom.demo.views", "rondom.demo.backends"])
def test_another_kind_of_installation_cannot_import_it(tmp_path, module):
    installation.make(tmp_path, "training")
    (tmp_path / "test.keys").write_text(keys.new_key_line(1), "ascii")
    environment = {
        **os.environ,
        "RONDOM_DATA": str(tmp_path),
        "RONDOM_KEY_FILE": str(tmp_path / "test.keys"),
        "DJANGO_SETTINGS_MODULE": "rondom.settings",
    }
    code = f"import django; django.setup(); import {module}"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "exist in a demonstration only" in done.stderr
