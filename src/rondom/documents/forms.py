"""Adding a document and correcting what is written about it."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput, NoRoom
from rondom.core.forms import DateField
from rondom.documents.enums import DocumentKind, MediaType, Regime
from rondom.documents.models import Document
from rondom.documents.uploads import SealedUpload
from rondom.dossiers.drafts import FORMS, DraftForm
from rondom.people.models import Person

ACCEPTED = ".pdf,.docx,.odt,.jpg,.jpeg,.png,.heic,.eml,.txt"


class PersonField(forms.ModelMultipleChoiceField):
    """Persons of a case, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class DocumentForm(forms.Form):
    """What is written about a document."""

    title = forms.CharField(
        label=_("What is it called?"), max_length=160, help_text=_("For example: Report of the school, November")
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=DocumentKind)
    concerns = PersonField(
        label=_("Whom is it about?"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("It becomes part of the dossier of each child you choose."),
    )  # fmt: skip
    author = forms.CharField(label=_("Who wrote it?"), max_length=160, required=False)
    dated_on = DateField(label=_("Date on the document"), required=False)
    regime = forms.ChoiceField(label=_("Kept under"), choices=Regime, initial=Regime.YOUTH_HELP)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["concerns"]
        field.queryset = Person.objects.filter(pk__in=[p.pk for p in people])
        field.choices = [(p.pk, p.name) for p in people]  # children first, as everywhere


class NewDocumentForm(DocumentForm):
    """The same, with the file."""

    file = forms.FileField(
        label=_("Which file?"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, Word, OpenDocument, a photo, an e-mail or plain text."),
        error_messages={"required": _("Choose the file. What you typed is still here; only the file is chosen again.")},
    )  # fmt: skip
    field_order = ["file"]
    media_type: MediaType

    def clean_file(self) -> SealedUpload:
        """Look at what came in: size, kind, and whether there was room for it."""
        upload: SealedUpload = self.cleaned_data["file"]
        if upload.no_room:
            raise NoRoom()
        if upload.too_large:
            limit = filesizeformat(settings.RONDOM_DOCUMENT_LIMIT)
            raise ValidationError(
                _("This file is larger than %(limit)s. Save it smaller (a lower resolution, or in parts).")
                % {"limit": limit}
            )
        try:
            self.media_type = upload.watcher.verdict()
        except BadInput as error:
            raise ValidationError(str(error.sentence)) from error
        return upload


class ReleaseForm(forms.Form):
    """Why a file that was not scanned may be opened."""

    reason = forms.CharField(
        label=_("Why do you trust this file?"), max_length=200,
        help_text=_("For example: the school handed it to me on paper and I scanned it myself."),
    )  # fmt: skip


def values_of(document: Document) -> dict[str, Any]:
    """Return the values of a document by field of its form."""
    names = ("title", "kind", "author", "dated_on", "regime")
    return {name: getattr(document, name) for name in names} | {"concerns": list(document.concerns.all())}


def register_drafts() -> None:
    """Let the forms keep drafts."""

    def to_list(case: UUID) -> str:
        return reverse("documents:list", args=[case])

    def to_correct(document: UUID) -> str:
        return reverse("documents:correct", args=[document])

    def to_newer(document: UUID) -> str:
        return reverse("documents:newer", args=[document])

    FORMS.register("documents.new", DraftForm(_("New document"), to_list))
    FORMS.register("documents.newer", DraftForm(_("Newer version of a document"), to_newer))
    FORMS.register("documents.correct", DraftForm(_("Correct a document"), to_correct))
