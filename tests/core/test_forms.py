"""Fields that forgive, and how a form is shown."""

import datetime as dt

import pytest
from django import forms
from django.utils import translation

from rondom.core.forms import DateField, DateTimeField, TimeField


class Visit(forms.Form):
    who = forms.CharField(label="Wie")
    born = DateField(label="Geboren", required=False)
    moment = DateTimeField(label="Wanneer")
    how = forms.ChoiceField(label="Hoe", choices=[("home", "thuis"), ("phone", "bellen")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Ik weet het zeker", required=False)


def filled(**changes):
    whole = {"who": "Mirjam", "born": "3 apr 2019", "moment_day": "24-11-2026", "moment_time": "16", "how": "home"}
    return Visit(whole | changes)


def test_a_form_gives_days_and_moments():
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == dt.date(2019, 4, 3)
    assert form.cleaned_data["moment"] == dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"born": "31-2-2019"}, "born", "kunnen deze datum niet lezen"),
        ({"moment_time": ""}, "moment", "Vul de dag én de tijd in."),
        ({"moment_day": "28-3-2027", "moment_time": "2.30"}, "moment", "Dit uur bestaat niet"),
        ({"moment_time": "laat"}, "moment", "kunnen deze tijd niet lezen"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_keeps_what_was_typed(changes, field, sentence):
    with translation.override("nl"):
        form = filled(**changes)
        assert list(form.errors) == [field]
        assert sentence in str(form.errors[field])
        for typed in changes.values():
            assert f'value="{typed}"' in str(form) or typed == ""


def test_errors_stand_on_top_and_lead_to_the_field():
    with translation.override("nl"):
        html = str(filled(who="", moment_day="", moment_time="", how=""))
    assert html.index("data-error-summary") < html.index('name="who"')
    for anchor in ("id_who", "id_moment_0", "id_how_0"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html
    assert 'aria-describedby="id_who_error"' in html
    assert 'id="id_who_error"' in html


def test_what_may_stay_empty_says_so_and_nothing_says_required():
    with translation.override("nl"):
        html = str(Visit())
    assert html.count("(mag leeg blijven)") == 1
    assert "data-error-summary" not in html


def test_a_day_is_shown_as_people_write_it():
    form = Visit(initial={"born": dt.date(2019, 4, 3), "moment": dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)})
    html = str(form)
    assert 'value="3-4-2019"' in html
    assert 'value="24-11-2026"' in html
    assert 'value="16.00"' in html


def test_a_day_typed_in_another_way_has_not_changed():
    assert not DateField().has_changed(dt.date(2019, 4, 3), "3 april 2019")
    assert DateField().has_changed(dt.date(2019, 4, 3), "4 april 2019")
    assert DateField().has_changed(dt.date(2019, 4, 3), "geen datum")


def test_a_time_field_stands_alone():
    assert TimeField().clean("9u05") == dt.time(9, 5)


def test_widgets_wear_the_classes_of_the_design_system():
    html = str(filled(who="", moment_time="laat"))
    assert 'class="utrecht-textbox utrecht-textbox--invalid"' in html
    assert html.count("utrecht-textbox rondom-control--short") + html.count("--invalid rondom-control--short") == 3
    assert "utrecht" not in str(Visit()["how"])
