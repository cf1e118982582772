"""Forms that forgive: dates and times as people type them, and one way to render every field.

Every form of Rondom renders through `Renderer`: `{{ form }}` gives the error summary and all fields in one column, each
with its label, help and error beside it; `{{ form.name.as_field_group }}` gives one field. No form says "required":
what may stay empty says so.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from rondom.core import clock, words

REWORDED = (gettext_noop("This field is required."),)  # Django's own sentence; our catalogue says it plainer
TYPED = ("text", "email", "number", "password", "search", "tel", "url", "input", "date", "time")
DAY_EXAMPLE = _("For example 3-4-2019 or 3 april 2019")
MOMENT_EXAMPLE = _("For example 3-4-2019 at 16.00")


WIDGET_CLASSES = {
    **{f"django/forms/widgets/{kind}.html": "utrecht-textbox" for kind in TYPED},
    "django/forms/widgets/textarea.html": "utrecht-textarea",
    "django/forms/widgets/select.html": "utrecht-select",
}


class Renderer(TemplatesSetting):
    """Our templates for forms, fields and widgets, with the classes of the design system on the widgets."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if widget := context.get("widget"):
            for one in (widget, *widget.get("subwidgets", ())):
                _add_class(one)
        return super().render(template_name, context, request)


def _add_class(widget: dict[str, Any]) -> None:
    name = WIDGET_CLASSES.get(widget.get("template_name", ""))
    attrs = widget.get("attrs", {})
    if name and name not in attrs.get("class", ""):
        invalid = f"{name}--invalid" if attrs.get("aria-invalid") else ""
        attrs["class"] = " ".join(filter(None, (name, invalid, attrs.get("class", ""))))


class DayInput(forms.TextInput):
    """A text field for a day; shows 3-4-2019. No picker: typing is faster and works everywhere."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "rondom-control--short", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        return f"{value.day}-{value.month}-{value.year}" if isinstance(value, dt.date) else super().format_value(value)


class TimeInput(forms.TextInput):
    """A text field for a time; shows 16.00."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "rondom-control--short", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        return f"{value.hour}.{value.minute:02}" if isinstance(value, dt.time) else super().format_value(value)


class DateField(forms.Field):
    """A day as people type it: 3-4-2019, 3 april 2019, 03042019, vandaag."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("We cannot read this date. Type it like 3-4-2019 or 3 april 2019, and check that the day exists."),
    }

    def __init__(self, *, help_text: Any = DAY_EXAMPLE, **kwargs: Any) -> None:
        super().__init__(help_text=help_text, **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        try:
            return words.read_day(str(value), clock.today())
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class TimeField(forms.Field):
    """A time as people type it: 16.00, 16:00, 1600, 16 uur."""

    widget = TimeInput
    default_error_messages = {"invalid": _("We cannot read this time. Type it like 16.00.")}

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        try:
            return words.read_time(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class MomentInput(forms.MultiWidget):
    """Two text fields, day and time, each with its own label."""

    template_name = "core/widgets/moment.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": DayInput(), "time": TimeInput()}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, dt.datetime):
            return [None, None]
        local = value.astimezone(clock.AMSTERDAM)
        return [local.date(), local.time()]


class DateTimeField(forms.MultiValueField):
    """A day and a time in Amsterdam; gives an aware moment in UTC."""

    widget = MomentInput
    default_error_messages = {
        "incomplete": _("Fill in both the day and the time."),
        "skipped": _("This hour does not exist: the clock goes forward then. Choose an hour later."),
    }

    def __init__(self, *, help_text: Any = MOMENT_EXAMPLE, **kwargs: Any) -> None:
        fields = (DateField(help_text=""), TimeField())
        super().__init__(fields=fields, require_all_fields=False, help_text=help_text, **kwargs)

    def compress(self, data_list: list[Any]) -> dt.datetime | None:
        if not data_list or all(part is None for part in data_list):
            return None
        if any(part is None for part in data_list):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        try:
            return words.moment_in_amsterdam(*data_list)
        except ValueError as error:
            raise ValidationError(self.error_messages["skipped"], code="skipped") from error
