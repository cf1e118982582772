"""Looks live in their own database, so that a long import never makes a page wait and a rollback never hides a look."""

from typing import Any

LOOK_MODELS = frozenset({"look", "looksubject", "looklink", "lookseal"})


class LookRouter:
    """Send the look store to the alias `looks`, everything else to `default`."""

    def _is_look(self, app_label: str, model_name: str | None) -> bool:
        return app_label == "core" and model_name in LOOK_MODELS

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "looks" if self._is_look(model._meta.app_label, model._meta.model_name) else "default"

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool | None:
        if model_name is None:  # data migrations and raw SQL: only core's own run on the look store
            return db != "looks" or app_label == "core"
        return (db == "looks") == self._is_look(app_label, model_name)
