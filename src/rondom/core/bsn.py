"""Burgerservicenummer: nine digits that pass the eleven-test (Wabb; law-and-norms BSN-01).

The eleven-test is a typing check, no proof that the number was issued. Test numbers run from 999900006 to 999999990
(iJw reference, section 2).
"""

from django.utils.translation import gettext_lazy as _

from rondom.core.errors import BadInput

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
TEST_RANGE = range(999_900_006, 999_999_991)


def passes_eleven_test(text: str) -> bool:
    """Tell whether nine digits pass the eleven-test for BSN (last weight -1)."""
    if len(text) != 9 or not text.isascii() or not text.isdigit() or text == "000000000":
        return False
    return sum(w * int(d) for w, d in zip(WEIGHTS, text, strict=True)) % 11 == 0


def read_bsn(text: str) -> str:
    """Return the nine digits of a typed BSN; spaces, dots and a missing leading zero are forgiven.

    Raises BadInput with a sentence that says what to check.
    """
    digits = "".join(c for c in text if c not in " .-")
    if digits.isascii() and digits.isdigit() and len(digits) == 8:
        digits = "0" + digits
    if not passes_eleven_test(digits):
        raise BadInput(_("This is not a valid BSN. Check the nine digits on the identity document."), field="bsn")
    return digits


def is_test_bsn(bsn: str) -> bool:
    """Tell whether a number lies in the range set apart for tests."""
    return int(bsn) in TEST_RANGE
