"""Keys: version 7, and in the order in which they were made."""

import uuid

from rondom.core import ids


def test_keys_are_of_version_7_and_all_different():
    made = [ids.new_id() for _ in range(2000)]
    assert {(key.version, key.variant) for key in made} == {(7, uuid.RFC_4122)}
    assert len(set(made)) == 2000


def test_what_is_made_later_is_greater_also_within_one_moment_and_when_the_clock_is_set_back(monkeypatch):
    now = ids.time.time_ns()
    moments = iter([now, now, now, now - 5_000_000_000, now + 1_000_000])
    monkeypatch.setattr(ids.time, "time_ns", lambda: next(moments))
    made = [ids.new_id() for _ in range(5)]
    assert made == sorted(made)
    assert made[0].int >> 80 == now // 1_000_000
