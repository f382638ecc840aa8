"""The arithmetic of scaling: sizes, oscillation against a simulator, times."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.views.scaling.change import INFINITY, Bounds, Change, Side, Step
from auditor.views.scaling.headroom import after_loss, highest_target
from auditor.views.scaling.oscillation import Oscillation, following, oscillation
from auditor.views.scaling.timing import HealthCheck, check_of
from tests.made import resource
from tests.scaling_simulator import Group, Policy

ADD, PERCENT, EXACT = "ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"


# -- a change


@pytest.mark.parametrize(
    ("kind", "amount", "magnitude", "before", "after"),
    [
        (ADD, "2", 1, 4, 6),
        (ADD, "-3", 1, 2, 1),
        (ADD, "30", 1, 4, 20),
        (PERCENT, "10", 1, 10, 11),
        (PERCENT, "10", 1, 9, 10),
        (PERCENT, "10", 1, 19, 20),
        (PERCENT, "50", 1, 5, 7),
        (PERCENT, "-50", 1, 5, 3),
        (PERCENT, "-10", 1, 5, 4),
        (PERCENT, "10", 3, 10, 13),
        (PERCENT, "50", 3, 10, 15),
        (PERCENT, "-10", 2, 10, 8),
        (PERCENT, "0", 3, 10, 10),
        (EXACT, "7", 1, 3, 7),
        (EXACT, "70", 1, 3, 20),
    ],
)
def test_sizes_after_a_change(kind: str, amount: str, magnitude: int, before: int, after: int) -> None:
    assert Change(kind, Fraction(amount), magnitude).after(before, Bounds(1, 20)) == after


def test_a_percentage_moves_one_instance_at_least() -> None:
    assert Change(PERCENT, Fraction(10)).after(5, Bounds(1, 20)) == 6


def side(threshold: int | str, kind: str, amount: int, magnitude: int = 1, *, rising: bool) -> Side:
    return Side(Fraction(threshold), rising, (Step(-INFINITY, INFINITY, Change(kind, Fraction(amount), magnitude)),))


def flaps(high: int | str, out: int, low: int | str, back: int, least: int, most: int, kind: str = ADD) -> Oscillation | None:
    return oscillation(side(high, kind, out, rising=True), side(low, kind, back, rising=False), Bounds(least, most))


# -- oscillation


@pytest.mark.parametrize(
    ("high", "out", "low", "back", "least", "most", "sizes"),
    [
        (70, 1, 50, -1, 2, 10, (2, 3)),
        (70, 1, "46.66", -1, 2, 10, None),
        (60, 1, 30, -1, 1, 10, (1, 2)),
        (60, 1, 29, -1, 1, 10, None),
        (60, 1, 40, -1, 2, 10, (2, 3)),
        (60, 1, 39, -1, 2, 10, None),
        (60, 1, 59, -1, 10, 10, None),
        (70, 2, 35, -2, 2, 10, (2, 4)),
        (70, 2, 34, -2, 2, 10, None),
        (70, 3, 30, -1, 2, 10, None),  # one superfluous step back, and then rest
        (70, 3, 47, -1, 2, 10, (2, 5, 4, 3)),
        (80, 1, 20, -1, 1, 4, None),
    ],
)
def test_boundaries_of_oscillation(
    high: int | str, out: int, low: int | str, back: int, least: int, most: int, sizes: tuple[int, ...] | None
) -> None:
    found = flaps(high, out, low, back, least, most)
    assert (found.sizes if found else None) == sizes


def test_percentages_grow_by_their_factor() -> None:
    assert flaps(60, 50, 40, -50, 10, 200, PERCENT) is not None
    assert flaps(60, 50, 19, -50, 10, 200, PERCENT) is None


def test_the_witness_can_be_followed() -> None:
    found = flaps(70, 3, 47, -1, 2, 10)
    assert found is not None
    high, low = side(70, ADD, 3, rising=True), side(47, ADD, -1, rising=False)
    for here, there in zip(found.sizes, (*found.sizes[1:], found.sizes[0]), strict=True):
        assert following(high, low, Bounds(2, 10), found.load, here) == there
    assert (found.smallest, found.largest) == (2, 5)


def test_steps_are_taken_by_their_distance() -> None:
    ladder = (
        Step(Fraction(0), Fraction(10), Change(ADD, Fraction(1))),
        Step(Fraction(10), INFINITY, Change(ADD, Fraction(4))),
    )
    high = Side(Fraction(60), True, ladder)
    assert [high.change(Fraction(value)).amount for value in (60, 69, 70, 90)] == [1, 1, 4, 4]  # type: ignore[union-attr]  # there is one
    assert high.change(Fraction(59)) is None
    down = Side(
        Fraction(30),
        False,
        (Step(Fraction(-10), Fraction(0), Change(ADD, Fraction(-1))), Step(-INFINITY, Fraction(-10), Change(ADD, Fraction(-2)))),
    )
    assert [down.change(Fraction(value)).amount for value in (30, 21, 20, 5)] == [-1, -1, -2, -2]  # type: ignore[union-attr]  # there is one
    assert high.breaks() == (Fraction(60), Fraction(70))
    assert down.breaks() == (Fraction(20), Fraction(30))


def simulated(group: Group) -> bool:
    """Whether some load keeps the group moving. All numbers are whole, so halves lie between any two loads where something changes."""
    top = (max(policy.threshold for policy in group.policies) + HIGHEST_STEP) * group.most + 1
    return any(not group.rests(half / 2, start) for half in range(1, 2 * top) for start in range(max(group.least, 1), group.most + 1))


HIGHEST_STEP = 3
"""The largest bound of a step in these tests."""


def a_policy(chance: random.Random, threshold: int, kind: str, most: int, *, rising: bool, magnitude: int) -> Policy:
    """One step, or two of which the farther one moves more."""
    first, second = sorted(chance.randint(1, most) for _ in range(2))
    sign = 1 if rising else -1
    bound = chance.randint(1, HIGHEST_STEP)
    if chance.random() < 0.5:
        return Policy(threshold, rising, kind, ((-INFINITY, INFINITY, sign * first),), magnitude)
    if rising:
        return Policy(threshold, rising, kind, ((0, bound, first), (bound, INFINITY, second)), magnitude)
    return Policy(threshold, rising, kind, ((-INFINITY, -bound, -second), (-bound, 0, -first)), magnitude)


def side_of(policy: Policy) -> Side:
    """The same for the code under test."""
    steps = tuple(
        Step(_exact(start), _exact(end), Change(policy.kind, Fraction(amount), policy.magnitude)) for start, end, amount in policy.steps
    )
    return Side(Fraction(policy.threshold), policy.rising, steps)


def _exact(bound: float) -> Fraction | float:
    return bound if bound in (INFINITY, -INFINITY) else Fraction(bound)


def test_the_verdict_is_the_simulators() -> None:
    chance = random.Random(20)
    verdicts = {True: 0, False: 0}
    for _ in range(2000):
        least = chance.randint(1, 3)
        most = least + chance.randint(0, 4)
        kind, widest = chance.choice([(ADD, 3), (ADD, 3), (PERCENT, 90)])
        magnitude = chance.choice([1, 1, 2])
        out = a_policy(chance, chance.randint(2, 9), kind, widest, rising=True, magnitude=magnitude)
        back = a_policy(chance, chance.randint(1, 8), kind, widest, rising=False, magnitude=magnitude)
        group = Group(least, most, (out, back))
        found = oscillation(side_of(out), side_of(back), Bounds(least, most))
        assert (found is not None) == simulated(group), group
        if found is not None:
            assert not group.rests(float(found.load), found.sizes[0]), (group, found)
        verdicts[found is not None] += 1
    assert min(verdicts.values()) > 300


@given(st.integers(1, 100), st.integers(1, 100), st.integers(1, 12), st.integers(1, 12))
def test_one_instance_each_way_follows_the_formula(high: int, low: int, least: int, room: int) -> None:
    expected = low * (least + 1) >= high * least
    assert (flaps(high, 1, low, -1, least, least + room) is not None) == expected


@given(st.integers(2, 60), st.integers(1, 59), st.integers(1, 4), st.integers(1, 5), st.integers(1, 6), st.integers(1, 9))
@settings(max_examples=150)
def test_only_the_ratio_of_the_thresholds_counts(high: int, low: int, step: int, least: int, room: int, times: int) -> None:
    one = flaps(high, step, low, -step, least, least + room)
    other = flaps(high * times, step, low * times, -step, least, least + room)
    assert (one is None) == (other is None)


@given(st.integers(2, 60), st.integers(1, 58), st.integers(1, 3), st.integers(1, 3), st.integers(1, 4), st.integers(0, 6))
@settings(max_examples=150)
def test_a_lower_threshold_never_brings_oscillation(high: int, low: int, out: int, back: int, least: int, room: int) -> None:
    if flaps(high, out, low + 1, -back, least, least + room) is None:
        assert flaps(high, out, low, -back, least, least + room) is None


# -- room for the loss of a zone


@pytest.mark.parametrize(("zones", "target"), [(1, 90), (2, 45), (3, 60), (4, 67.5)])
def test_targets_that_leave_room(zones: int, target: float) -> None:
    assert highest_target(90, zones) == pytest.approx(target)


@given(st.integers(2, 9), st.floats(1, 100))
def test_at_the_highest_target_the_rest_is_just_saturated(zones: int, saturation: float) -> None:
    assert after_loss(highest_target(saturation, zones), zones) == pytest.approx(saturation)


# -- times


@pytest.mark.parametrize(
    ("interval", "healthy", "unhealthy", "trusting", "start", "seconds"),
    [
        (30, 3, 3, True, 90, 120),  # still initial: one good check
        (30, 3, 3, True, 91, 181),  # was found sick before: three good ones
        (30, 5, 2, True, 120, 270),
        (10, 2, 10, True, 60, 70),
        (30, 10, 2, False, 0, 300),  # a classic load balancer trusts nobody
    ],
)
def test_time_until_healthy(interval: float, healthy: float, unhealthy: float, trusting: bool, start: float, seconds: float) -> None:
    assert HealthCheck(interval, healthy, unhealthy, trusting).until_healthy(start) == seconds


@given(st.integers(5, 300), st.integers(2, 10), st.integers(2, 10), st.booleans(), st.integers(0, 900), st.integers(0, 100))
def test_who_starts_later_is_not_healthy_earlier(interval: int, good: int, bad: int, trusting: bool, start: int, more: int) -> None:
    check = HealthCheck(interval, good, bad, trusting)
    assert start < check.until_healthy(start) <= check.until_healthy(start + more)


@pytest.mark.parametrize(("trusting", "start", "seconds"), [(True, 90, 0), (True, 91, 181), (False, 0, 90), (False, 91, 181)])
def test_how_long_a_target_is_taken_for_sick(trusting: bool, start: float, seconds: float) -> None:
    assert HealthCheck(30, 3, 3, trusting).sick_until(start) == seconds


@given(st.integers(5, 60), st.integers(2, 10), st.integers(2, 10), st.booleans(), st.integers(0, 400))
def test_after_the_checks_of_a_start_nobody_is_sick(interval: int, good: int, bad: int, trusting: bool, start: int) -> None:
    """Follow the checks one by one: when is the target last taken for sick?"""
    check = HealthCheck(interval, good, bad, trusting)
    state, in_row, last_sick = ("new" if trusting else "sick"), 0, 0
    answered = False
    for moment in range(interval, start + interval * (good + 2), interval):
        answers = moment >= start
        in_row = in_row + 1 if answers is answered else 1
        answered = answers
        if answers and (state == "new" or in_row >= good):
            state = "healthy"
        elif not answers and in_row >= bad:
            state = "sick"
        if state == "sick":
            last_sick = moment
    sick = check.sick_until(start)
    if trusting:
        assert (sick == 0) == (last_sick == 0)
    assert sick == 0 or last_sick <= sick <= last_sick + 2 * interval


def test_checks_as_they_are_written() -> None:
    plain = resource("aws_lb_target_group.t", {})
    written = resource("aws_lb_target_group.t", {"health_check": [{"interval": 10, "healthy_threshold": 5}]})
    classic = resource("aws_elb.e", {"health_check": [{"interval": 20, "healthy_threshold": 4, "unhealthy_threshold": 6}]})
    assert check_of(plain) == HealthCheck(30, 3, 3)
    assert check_of(written) == HealthCheck(10, 5, 3)
    assert check_of(classic) == HealthCheck(20, 4, 6, trusting=False)
