"""The room `privacy`."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Guards relations in the database, and lets the audit compare them with their events."""

    name = "rondom.privacy"
    label = "privacy"

    def ready(self) -> None:
        from rondom.core import guards, sealing
        from rondom.privacy import destroying, settling, witness  # noqa: F401 - the first registers on import
        from rondom.privacy.models import Relation

        ends_once_or_earlier = "NEW.ends_at IS NOT NULL AND (OLD.ends_at IS NULL OR NEW.ends_at <= OLD.ends_at)"
        guards.guard(Relation, may_change=("ends_at",), when=ends_once_or_earlier)
        sealing.further_checks.register("relations", witness.relations_without_event)
        settling.register()
