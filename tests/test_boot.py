"""The house stands: checks pass, migrations are complete, every model says how sensitive its fields are."""

import pytest
from django.core.management import call_command

from rondom.core.declarations import field_privacy, our_models


@pytest.mark.django_db(databases=["default", "looks"])
def test_system_checks_pass():
    call_command("check")


@pytest.mark.django_db(databases=["default", "looks"])
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run")


def test_every_field_has_its_five_answers():
    for model in our_models():
        for answer in field_privacy(model):
            assert all((answer.purpose, answer.ground, answer.retention)), answer
