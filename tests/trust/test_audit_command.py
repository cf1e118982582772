"""`rondom audit`: counts, heads, and the first broken link."""

import argparse

import pytest

from rondom.cli import audit
from rondom.core import guards, sealing
from rondom.core.models import Event
from rondom.dossiers.opening import open_case

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


def rondom_audit(*words: str) -> int:
    parser = argparse.ArgumentParser()
    audit.add_arguments(parser)
    return audit.run(parser.parse_args(words))


def test_seal_and_verify_count_sealed_and_unsealed(cast, at, capsys):
    assert rondom_audit("seal") == 0
    open_case(cast.principal("sanne"), cast.case["visser"].pk, at=at, page="desk.family_shown")
    capsys.readouterr()
    assert rondom_audit("verify") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"events: {Event.objects.count()} sealed, 0 unsealed, head")
    assert said[1].startswith("looks: 0 sealed, 1 unsealed, head 0 ")
    assert said[2].startswith("Whole")


def test_a_broken_link_is_named_and_gives_exit_code_1(cast, at, capsys):
    sealing.seal_all(at=at)
    with guards.lifted("default"):
        Event.objects.filter(number=Event.objects.earliest("number").number).update(actor_role="other")
    assert rondom_audit("verify") == 1
    assert "altered" in capsys.readouterr().out


def test_a_head_noted_earlier_is_passed(cast, at, capsys, tmp_path):
    rondom_audit("seal")
    capsys.readouterr()
    assert rondom_audit("head") == 0
    noted = tmp_path / "heads"
    noted.write_text(capsys.readouterr().out)
    open_case(cast.principal("sanne"), cast.case["visser"].pk, at=at, page="desk.family_shown")
    rondom_audit("seal")
    assert rondom_audit("verify", "--known", str(noted)) == 0
    noted.write_text(noted.read_text().replace("events ", "events 9"))
    assert rondom_audit("verify", "--known", str(noted)) == 1
