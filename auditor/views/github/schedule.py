"""The times at which a workflow starts: cron expressions as GitHub reads them, and their time zones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.model.value import Value
from auditor.views.github.names import nearest
from auditor.views.github.reading import Trail, items, text_at
from auditor.views.github.reading import down as down_to
from auditor.views.github.syntax.walk import Problem, node_at
from auditor.views.schedule import parse, time_zones

SHORTEST = 5
"""Minutes between two starts: GitHub does not start more often."""


def problems(root: Value) -> Iterator[Problem]:
    """Expressions that are none, that ask for more than GitHub gives, and zones that do not exist."""
    for number, item in items(root, "on", "schedule"):
        trail: Trail = ("on", "schedule", number)
        cron = down_to(item, "cron")
        text = text_at(item, "cron")
        if cron is not None and text and "${{" not in text:
            yield from _cron(cron, text, (*trail, "cron"))
        written = down_to(item, "timezone")
        name = text_at(item, "timezone")
        if written is not None and name and "${{" not in name and name not in time_zones():
            alike = [zone for zone in sorted(time_zones()) if zone[:3].lower() == name[:3].lower()]
            message = f"there is no time zone {name!r}{nearest(name, alike)}"
            yield Problem("time-zone", node_at(written, (*trail, "timezone")), message, "a name such as Europe/Berlin")


def _cron(cron: Value, text: str, trail: Trail) -> Iterator[Problem]:
    where = node_at(cron, trail)
    schedule = parse(text)
    fault = schedule.fault
    if text.startswith("@"):
        fault = "words such as @daily are not known here"
    elif schedule.zone:
        fault = "a time zone has a key of its own"
    if fault:
        yield Problem("cron-malformed", where, f"{text!r} is no schedule: {fault}", "minute hour day month weekday")
    elif (gap := shortest_gap(schedule.minutes, schedule.hours)) < SHORTEST:
        message = f"GitHub starts a workflow every {SHORTEST} minutes at most, and this asks for every {gap}"
        yield Problem("cron-often", where, message, f"at least {SHORTEST} minutes apart")


def shortest_gap(minutes: frozenset[int], hours: frozenset[int]) -> int:
    """The fewest minutes between two starts on one day."""
    if not minutes:
        return 60
    ordered = sorted(minutes)
    gaps = [later - earlier for earlier, later in pairwise(ordered)]
    if any((hour + 1) % 24 in hours for hour in hours):
        gaps.append(60 - ordered[-1] + ordered[0])
    return min(gaps, default=60)
