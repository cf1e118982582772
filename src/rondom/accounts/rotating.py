"""Secrets of second factors, encrypted again when the keys change."""

import base64

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt

SECRETS = ("secret", "seed")  # of an authenticator app; of recovery codes


def _generation(text: str) -> int:
    return base64.b64decode(text)[0]


def rewrite_second_factors(newest: int) -> int:
    """Encrypt again every secret that lies under an older key generation; return how many rows changed."""
    count = 0
    for row in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk"):
        old = [name for name in SECRETS if row.data.get(name) and _generation(row.data[name]) != newest]
        if old:
            data = row.data | {name: encrypt(decrypt(row.data[name])) for name in old}
            count += Authenticator.objects.filter(pk=row.pk, data=row.data).update(data=data)
    return count
