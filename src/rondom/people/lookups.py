"""The lookup `begins`: a word begins with these letters, by the index on both engines.

`startswith` becomes LIKE with an escape on SQLite, which reads the whole table; there it is a range.
"""

from typing import Any

from django.db.models import CharField, Lookup

LAST = chr(0x10FFFF)


@CharField.register_lookup
class Begins(Lookup):
    """`token__begins="els"`: case matters; the empty text finds nothing."""

    lookup_name = "begins"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """PostgreSQL: LIKE with a constant beginning, served by the pattern index."""
        left, params = self.process_lhs(compiler, connection)
        escaped = str(self.rhs).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        return f"{left} LIKE %s", [*params, escaped + "%"]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """SQLite: a range, served by the ordinary index (binary order)."""
        left, params = self.process_lhs(compiler, connection)
        return f"({left} >= %s AND {left} < %s)", [*params, str(self.rhs), *params, str(self.rhs) + LAST]
