"""The figures of trajectories in SQL written by hand, for DuckDB alone: what the declared indicators are beside.

`{by}` is the column to split by with its comma, or nothing; `{rows}` the Parquet files; the other words stand in WORDS.
The year is 2025.
"""

WORDS = {
    "running": "started_on <= DATE '2025-12-31' AND (ended_on IS NULL OR ended_on >= DATE '2025-01-01')",
    "begun": "started_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'",
    "ended": "ended_on BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'",
    "at_end": "started_on <= DATE '2025-12-31' AND (ended_on IS NULL OR ended_on > DATE '2025-12-31')",
    "youths": "count(DISTINCT youth_key)",
    "again": "sum(CASE WHEN days_since_help <= 1826 AND NOT follows THEN 1 ELSE 0 END)",
}
HAND = {
    "trajectories": "SELECT {by}count(*) FROM {rows} WHERE {running} GROUP BY ALL",
    "trajectories_begun": "SELECT {by}count(*) FROM {rows} WHERE {begun} GROUP BY ALL",
    "trajectories_ended": "SELECT {by}count(*) FROM {rows} WHERE {ended} GROUP BY ALL",
    "trajectories_at_end": "SELECT {by}count(*) FROM {rows} WHERE {at_end} GROUP BY ALL",
    "trajectories_per_youth": "SELECT {by}{youths}, count(*) / {youths} FROM {rows} WHERE {running} GROUP BY ALL",
    "trajectory_days": "SELECT {by}count(days), median(days) FROM {rows} WHERE {ended} GROUP BY ALL",
    "repeat_use": "SELECT {by}count(*), {again} FROM {rows} WHERE {begun} GROUP BY ALL",
}

PANDAS = """
import sys, time, glob
import pandas as pd
began = time.perf_counter()
names = ["youth_key", "started_on", "ended_on", "days", "days_since_help", "follows"]
t = pd.concat([pd.read_parquet(f, columns=names) for f in sorted(glob.glob(sys.argv[1] + "/*/trajectory.parquet"))])
first, last = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-12-31")
started, ended = pd.to_datetime(t["started_on"]), pd.to_datetime(t["ended_on"])
running = t[(started <= last) & (ended.isna() | (ended >= first))]
begun, over = t[started.between(first, last)], t[ended.between(first, last)]
again = (begun["days_since_help"] <= 1826) & ~begun["follows"]
print(*(round(float(x), 6) for x in (
    len(running), len(begun), len(over), ((started <= last) & (ended.isna() | (ended > last))).sum(),
    len(running) / running["youth_key"].nunique(), over["days"].median(), 100 * again.sum() / len(begun))))
print(time.perf_counter() - began)
"""

POLARS = """
import sys, time
import datetime as dt
import polars as pl
began = time.perf_counter()
t = pl.scan_parquet(sys.argv[1] + "/*/trajectory.parquet")
first, last = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
running = (pl.col("started_on") <= last) & (pl.col("ended_on").is_null() | (pl.col("ended_on") >= first))
at_end = (pl.col("started_on") <= last) & (pl.col("ended_on").is_null() | (pl.col("ended_on") > last))
begun, over = pl.col("started_on").is_between(first, last), pl.col("ended_on").is_between(first, last)
again = begun & (pl.col("days_since_help") <= 1826) & ~pl.col("follows")
row = t.select(
    running.sum().alias("a"), begun.sum().alias("b"), over.fill_null(False).sum().alias("c"), at_end.sum().alias("d"),
    (running.sum() / pl.col("youth_key").filter(running).n_unique()).alias("e"),
    pl.col("days").filter(over).median().alias("f"), (100 * again.sum() / begun.sum()).alias("g"),
).collect().row(0)
print(*(round(float(x), 6) for x in row))
print(time.perf_counter() - began)
"""
OTHERS = {"pandas": (PANDAS, ("pandas", "pyarrow")), "polars": (POLARS, ("polars",))}
