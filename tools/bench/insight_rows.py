"""Made rows to count: trajectories as a snapshot holds them."""

from pathlib import Path

PLACES = 12
FORMS = ("01", "02", "03", "04", "11", "12", "13", "14")
REFERRERS = ("01", "02", "03", "04", "05", "06", "08")
REASONS = ("as_planned", "together", "by_family", "by_provider", "circumstances", "municipality")


def trajectories(folder: Path, rows: int) -> None:
    """Write so many made trajectories as a snapshot: the same rows for the same number, in twelve municipalities."""
    import duckdb

    from rondom.facts import schema
    from rondom.indicators import snapshot

    order = ", ".join(snapshot.columns(schema.tables["trajectory"]))
    with duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "3GB"}) as connection:
        for place in range(PLACES):
            target = folder / f"GM{1000 + place}"
            target.mkdir(parents=True, mode=0o700)
            connection.execute(
                f"COPY (SELECT {order} FROM ({_made(place, rows // PLACES)})) "  # noqa: S608 - made here
                f"TO '{target}/trajectory.parquet' (FORMAT parquet, COMPRESSION zstd)"
            )


def _made(place: int, rows: int) -> str:
    """Return the rows of one municipality: chance is a digest of the number of the row."""

    def chance(number: int, most: int) -> str:
        return f"CAST(hash(i, {place}, {number}) % {most} AS INTEGER)"

    def listed(number: int, names: tuple[str, ...]) -> str:
        return f"[{', '.join(repr(name) for name in names)}][1 + {chance(number, len(names))}]"

    began = f"(DATE '2014-01-01' + {chance(2, 4400)})"
    lasts = f"(1 + {chance(3, 700)} + {chance(4, 200)})"
    return f"""
    SELECT md5('t' || {place} || '-' || i)[:24] AS trajectory_key,
        md5('y' || {place} || '-' || youth)[:24] AS youth_key, 'GM{1000 + place}' AS municipality,
        'WK{1000 + place}' || lpad(CAST(youth % 10 AS VARCHAR), 2, '0') AS district, 'flevoland' AS province,
        CAST(date_trunc('month', DATE '2003-01-01' + youth % 8000) AS DATE) AS born_on,
        lpad(CAST({chance(5, 300)} AS VARCHAR), 8, '0') AS provider,
        {listed(6, ("41", "43", "44", "45", "54"))} AS category, {listed(7, FORMS)} AS help_form,
        {listed(8, REFERRERS)} AS referrer, 1 + {chance(9, 3)} AS orders,
        CAST(date_trunc('month', began) AS DATE) AS started_on,
        CASE WHEN open THEN NULL ELSE CAST(date_trunc('month', began + lasts) AS DATE) END AS ended_on,
        CASE WHEN open THEN NULL ELSE lasts END AS days,
        CASE WHEN open THEN '' ELSE {listed(10, REASONS)} END AS stop_reason,
        CASE WHEN {chance(11, 10)} < 6 THEN NULL ELSE {chance(12, 3000)} END AS days_since_help,
        {chance(13, 8)} = 0 AS follows
    FROM (SELECT i, {chance(1, max(1, rows * 3 // 5))} AS youth, {began} AS began, {lasts} AS lasts,
          {chance(14, 6)} = 0 OR {began} + {lasts} > DATE '2026-11-24' AS open FROM range({rows}) AS r(i))
    """  # noqa: S608 - made here
