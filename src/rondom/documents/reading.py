"""A file that is read once and not kept: a register, a printed table. It never lies on the disk in clear."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from rondom.core.errors import NoRoom
from rondom.documents.uploads import SealedUpload


class ReadField(forms.FileField):
    """A file whose content is wanted, at most so many bytes; cleaned to its content."""

    default_error_messages = {
        "required": _("Choose the file. What you typed is still here; only the file is chosen again."),
        "empty": _("This file is empty. Choose another one."),
        "too_large": _("This file is larger than %(limit)s."),
    }

    def __init__(self, *, most: int, accept: str, **kwargs: Any) -> None:
        self.most = most
        super().__init__(widget=forms.ClearableFileInput(attrs={"accept": accept}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the content, b"" when none was chosen and none is needed; raise NoRoom on a full disk."""
        upload = super().clean(data, initial)
        if not isinstance(upload, SealedUpload):
            return b""
        if upload.too_large or (upload.size or 0) > self.most:
            words = {"limit": filesizeformat(self.most)}
            raise ValidationError(self.error_messages["too_large"], code="too_large", params=words)
        if upload.no_room:
            raise NoRoom()
        return upload.whole()
