"""Stand-ins for DigiD and eHerkenning: small OpenID Connect providers here, for a demonstration and the tests.

Real protocol (discovery, code flow with PKCE, signed identity token, keys), invented people: one picks who one is and
how sure the means is. Codes live a minute and count once. Both speak the same; they differ in who can be chosen, which
levels there are, and what the token says about somebody (`Means`).
"""

import base64
import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from rondom.accounts.doors import open_door
from rondom.accounts.models import ProviderWorker, Referrer
from rondom.accounts.oidc import REFERRER, RESIDENT, Provider
from rondom.core import bsn as bsns
from rondom.core import keys
from rondom.core.errors import NotFound
from rondom.demo.cast import DRONTEN
from rondom.demo.guard import is_local, refuse_elsewhere
from rondom.people.models import Person

refuse_elsewhere()

LEVELS = {
    "basis": (
        _("DigiD Basis: user name and password"),
        "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
    ),
    "midden": (
        _("DigiD Midden: with a text message"),
        "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
    ),
    "substantieel": (
        _("DigiD Substantieel: app after an identity check"),
        "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard",
    ),
    "hoog": (_("DigiD Hoog: with the chip of an identity card"), "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI"),
}
EH_LEVELS = {
    "eh2plus": (_("eHerkenning EH2+: with a text message"), "urn:etoegang:core:assurance-class:loa2plus"),
    "eh3": (_("eHerkenning EH3: after an identity check"), "urn:etoegang:core:assurance-class:loa3"),
}
CODE_LIFE = 60
TOKEN_LIFE = dt.timedelta(minutes=2)
NOBODY = "nobody"


def _secret(purpose: str) -> bytes:
    return keys.ring().derive(f"demo digid {purpose}")


PROVIDER = Provider(
    id="demo-digid",
    kind=RESIDENT,
    name=_("DigiD (demonstration)"),
    server_url="/demo/digid",
    client_id="rondom-demo",
    client_secret=_secret("client").hex(),
    municipality=DRONTEN,
)


EHERKENNING = Provider(
    id="demo-eherkenning",
    kind=REFERRER,
    name=_("eHerkenning (demonstration)"),
    server_url="/demo/eherkenning",
    client_id="rondom-demo",
    client_secret=_secret("eherkenning client").hex(),
    username_claim="sub_name",
)


def _signer() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_secret("signature"))


def _b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _here_only(request: HttpRequest) -> None:
    if not is_local(request):
        raise NotFound("")


def people() -> list[tuple[str, str]]:
    """Return (key, name) of the invented people who could have DigiD: parents with a number, and youths from 12."""
    return [(str(person.pk), person.name) for person in _with_number()]


def _with_number() -> list[Person]:
    today = dt.date.today()  # noqa: DTZ011 - a list to choose from; no right depends on it
    rows = Person.objects.filter(municipality=DRONTEN, bsn_index__isnull=False, born_on__lte=today.replace(day=1))
    return [p for p in rows.order_by("family_name", "called") if p.born_on and p.born_on.year <= today.year - 12]


def _number_of(key: str) -> dict[str, str]:
    if key == NOBODY:
        return {"bsn": unknown_number()}
    person = next((p for p in _with_number() if str(p.pk) == key), None)
    return {"bsn": str(person.bsn)} if person else {}


def unknown_number() -> str:
    """Return a test number that belongs to nobody here."""
    valid = (str(n) for n in reversed(bsns.TEST_RANGE) if bsns.passes_eleven_test(str(n)))
    return next(valid)


def professionals() -> list[tuple[str, str]]:
    """Return (user name, name) of the invented people who sign in for a practice, school or provider."""
    referrers = [(row.account.username, row.name) for row in Referrer.objects.select_related("account")]
    workers = [(row.account.username, row.name) for row in ProviderWorker.objects.select_related("account")]
    return sorted([*referrers, *workers], key=lambda pair: pair[1])


def _user_name(key: str) -> dict[str, str]:
    if key == NOBODY:
        return {EHERKENNING.username_claim: "niemand@voorbeeld.nl"}
    return {EHERKENNING.username_claim: key} if key in dict(professionals()) else {}


@dataclass(frozen=True)
class Means:
    """A means to sign in: its provider, who can be chosen, what the token says of who was chosen, and its levels.

    Adds to `people` somebody who is not known here, with the key NOBODY.
    """

    provider: Provider
    title: Any
    text: Any
    people: Callable[[], list[tuple[str, str]]]
    claims: Callable[[str], dict[str, str]]
    levels: dict[str, tuple[Any, str]]
    chosen: str
    authorize: str

    def base(self, request: HttpRequest) -> str:
        """Return the address of this provider."""
        return request.build_absolute_uri(self.provider.server_url)


DIGID = Means(
    PROVIDER, _("DigiD (demonstration)"),
    _("This is not DigiD. In a real installation people sign in at DigiD itself; here you choose who you are."),
    people, _number_of, LEVELS, "substantieel", "demo:digid_authorize",
)  # fmt: skip
FOR_WORK = Means(
    EHERKENNING, _("eHerkenning (demonstration)"),
    _("This is not eHerkenning. In a real installation people sign in there; here you choose who you are."),
    professionals, _user_name, EH_LEVELS, "eh3", "demo:eherkenning_authorize",
)  # fmt: skip


@open_door()
@require_GET
def discovery(request: HttpRequest, means: Means = DIGID) -> HttpResponse:
    """Say where everything is."""
    _here_only(request)
    base = means.base(request)
    return JsonResponse(
        {
            "issuer": base,
            "authorization_endpoint": base + "/authorize/",
            "token_endpoint": base + "/token/",
            "jwks_uri": base + "/jwks/",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": [acr for _label, acr in means.levels.values()],
        }
    )


def key_id() -> str:
    """Return a short name of the signing key."""
    return hashlib.sha256(_public()).hexdigest()[:16]


def _public() -> bytes:
    return _signer().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@open_door()
@require_GET
def jwks(request: HttpRequest, means: Means = DIGID) -> HttpResponse:
    """Give the public key, the same for both."""
    _here_only(request)
    key = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key_id(), "x": _b64(_public())}
    return JsonResponse({"keys": [key]})


ASKED = ("client_id", "redirect_uri", "response_type", "state", "nonce", "code_challenge", "code_challenge_method")


@open_door()
@csrf_protect
def authorize(request: HttpRequest, means: Means = DIGID) -> HttpResponse:
    """Let somebody choose who they are and with which means, and send them back with a code."""
    _here_only(request)
    provider = means.provider
    asked = {name: (request.POST if request.method == "POST" else request.GET).get(name, "") for name in ASKED}
    back = request.build_absolute_uri(reverse("openid_connect_callback", kwargs={"provider_id": provider.id}))
    fits = (asked["client_id"], asked["redirect_uri"], asked["response_type"], asked["code_challenge_method"])
    if fits != (provider.client_id, back, "code", "S256"):
        return HttpResponse("invalid_request\n", status=400, content_type="text/plain")
    if request.method != "POST":
        levels = [(key, label) for key, (label, _acr) in means.levels.items()]
        context = {"means": means, "people": means.people(), "levels": levels, "asked": asked, "nobody": NOBODY}
        return render(request, "demo/digid.html", context)
    if request.POST.get("cancel"):
        return redirect(f"{back}?{urlencode({'error': 'access_denied', 'state': asked['state']})}")
    claims, level = means.claims(request.POST.get("person", "")), request.POST.get("level", "")
    if not claims or level not in means.levels:
        return HttpResponse("invalid_request\n", status=400, content_type="text/plain")
    code = secrets.token_urlsafe(24)
    kept = {**asked, "claims": claims, "acr": means.levels[level][1], "provider": provider.id}
    cache.set(f"demo-digid:{code}", kept, CODE_LIFE)
    return redirect(f"{back}?{urlencode({'code': code, 'state': asked['state']})}")


@csrf_exempt
@open_door()
@require_POST
def token(request: HttpRequest, means: Means = DIGID) -> HttpResponse:
    """Change a code for a signed identity token: once, for this client, with the verifier of the one who asked."""
    _here_only(request)
    code, provider = request.POST.get("code", ""), means.provider
    kept = cache.get(f"demo-digid:{code}")
    once = kept is not None and cache.delete(f"demo-digid:{code}")
    challenge = _b64(hashlib.sha256(request.POST.get("code_verifier", "").encode()).digest())
    client = (request.POST.get("client_id", ""), request.POST.get("client_secret", ""))
    if (
        not once
        or kept["provider"] != provider.id
        or kept["redirect_uri"] != request.POST.get("redirect_uri", "")
        or not secrets.compare_digest(kept["code_challenge"], challenge)
        or not secrets.compare_digest("/".join(client), f"{provider.client_id}/{provider.client_secret}")
    ):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    identity = sign(request, kept)
    return JsonResponse({"access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "id_token": identity})


def sign(request: HttpRequest, kept: dict[str, Any]) -> str:
    """Return the signed identity token for what was chosen."""
    means = next(each for each in (DIGID, FOR_WORK) if each.provider.id == kept["provider"])
    now = dt.datetime.now(dt.UTC)
    claims = {
        "iss": means.base(request),
        "aud": means.provider.client_id,
        "sub": hashlib.sha256(_secret("subject") + "/".join(kept["claims"].values()).encode()).hexdigest(),
        "iat": now,
        "exp": now + TOKEN_LIFE,
        "jti": secrets.token_urlsafe(16),
        "nonce": kept["nonce"],
        "acr": kept["acr"],
        **kept["claims"],
    }
    return jwt.encode(claims, _signer(), algorithm="EdDSA", headers={"kid": key_id()})
