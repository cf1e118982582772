"""A program that loads: it writes note after note and prints the id of each one that is kept."""

import sys

import django


def load() -> None:
    """Write notes as Sanne until killed."""
    from django.utils import timezone

    from rondom.accounts.models import StaffMember
    from rondom.accounts.queries import principal_of_staff
    from rondom.dossiers.actions import write_note
    from rondom.dossiers.enums import Channel
    from rondom.dossiers.models import CaseRole

    author = StaffMember.objects.get(account__username="sanne")
    role = CaseRole.objects.filter(staff=author, ends=None).select_related("case").order_by("pk").first()
    child = role.case.dossier_links.first().dossier.youth
    while True:
        at = timezone.now()
        note = write_note(
            by=principal_of_staff(author, at=at), at=at, case=role.case, author=author, text="Loaded.",
            concerns=[child], channel=Channel.PHONE, happened_at=at,
        )  # fmt: skip
        sys.stdout.write(f"{note.pk}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    load()
