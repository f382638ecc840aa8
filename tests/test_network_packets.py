"""Packet sets: their laws, and what they say of single packets beside a simulator that knows no sets."""

from __future__ import annotations

import ipaddress
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.address import Address
from auditor.model.graph import Graph
from auditor.views.network.bounds import Bounds, Matched, Ordered, first_match, judge, union
from auditor.views.network.exposure import exposure
from auditor.views.network.flow import flow
from auditor.views.network.interface import Interface, ends
from auditor.views.network.packets import NOTHING, PORTS, Box, Packets, everything
from tests.network_worlds import CLIENT, NUMBERS, SERVER, client_of_the_internet, hidden, packets, world

POINTS = 100_000
WORLDS = 400

# -- laws

small = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: (min(pair), max(pair)))
boxes: st.SearchStrategy[Box] = st.tuples(small, small, small, small)
sets = st.lists(boxes, max_size=4).map(Packets.of)
points = st.tuples(*[st.integers(0, 9)] * 4)


@given(sets, sets, points)
def test_sets_are_what_their_points_are(one: Packets, other: Packets, point: tuple[int, int, int, int]) -> None:
    a, b = point in one, point in other
    assert (point in one & other) is (a and b)
    assert (point in one | other) is (a or b)
    assert (point in one - other) is (a and not b)


@given(st.lists(boxes, max_size=5), points)
def test_the_boxes_of_a_set_have_nothing_in_common(given_: list[Box], point: tuple[int, int, int, int]) -> None:
    made = Packets.of(given_)
    holding = [box for box in made.boxes if point in Packets((box,))]
    assert len(holding) == any(point in Packets((box,)) for box in given_)


@given(sets, sets, sets)
@settings(max_examples=50)
def test_laws_of_sets(one: Packets, other: Packets, third: Packets) -> None:
    assert (one | other).covers(one)
    assert one.covers(one & other)
    assert not (one - other) & other
    assert ((one & other) | (one - other)).covers(one)
    assert (one - (other | third)).covers((one - other) & (one - third))
    assert one.answers.answers == one
    assert not NOTHING & one
    assert one - NOTHING == one


@given(sets, st.integers(0, 9), st.integers(0, 9))
def test_addresses_by_port(one: Packets, low: int, high: int) -> None:
    flat = Packets.of([((0, 0), box[1], (0, 0), box[3]) for box in one.boxes])
    within = (min(low, high), max(low, high))
    found = {port: size for (first, last), size in flat.by_port(within) for port in range(first, last + 1)}
    assert sorted(found) == list(range(within[0], within[1] + 1))
    assert all(size == sum((0, address, 0, port) in flat for address in range(10)) for port, size in found.items())


# -- ordered and unordered rules of which not everything is known

tiny = st.tuples(st.integers(0, 2), st.integers(0, 2)).map(lambda pair: (min(pair), max(pair)))
few: st.SearchStrategy[Box] = st.tuples(tiny, tiny, tiny, tiny)
spots = st.tuples(*[st.integers(0, 2)] * 4)
matched = st.tuples(few, few, st.booleans()).map(lambda it: Matched((it[0],), (it[0],)) if it[2] else Matched((), (it[1],)))
ordered = st.builds(Ordered, matched, st.sampled_from([True, False, None]), st.sampled_from([1.0, 2.0, 3.0, 4.0, None]))


def _possible(rule: Ordered, point: tuple[int, int, int, int], random_: random.Random) -> tuple[float, bool, bool]:
    """(place, fits, allows) of a rule in one of the worlds that it may mean."""
    surely = point in Packets.of(rule.matched.inner)
    maybe = point in Packets.of(rule.matched.outer)
    fits = surely or (maybe and random_.random() < 0.5)
    allows = rule.allows if rule.allows is not None else random_.random() < 0.5
    return (rule.number if rule.number is not None else random_.uniform(0, 5), fits, allows)


@given(st.lists(ordered, max_size=4, unique_by=lambda it: it.number or id(it)), spots, st.randoms(use_true_random=False))
@settings(max_examples=400)
def test_bounds_hold_in_every_possible_world(rules: list[Ordered], point: tuple[int, int, int, int], random_: random.Random) -> None:
    found = first_match(rules, 4)
    for _ in range(5):
        decided = sorted((_possible(rule, point, random_) for rule in rules), key=lambda it: it[0])
        allowed = next((allows for _, fits, allows in decided if fits), False)
        assert allowed or point not in found.sure
        assert not allowed or point in found.may


def test_a_rule_whose_place_is_not_known_may_come_last() -> None:
    one: Box = ((6, 6), (0, 0), (0, 0), (0, 0))
    about = Matched((one,), (one,))
    refused = first_match([Ordered(about, False, None), Ordered(about, True, 1.0)], 4)
    assert (refused.sure, refused.may) == (NOTHING, Packets((one,)))
    allowed = first_match([Ordered(about, True, None), Ordered(about, False, 1.0)], 4)
    assert (allowed.sure, allowed.may) == (NOTHING, Packets((one,)))


@given(st.lists(matched, max_size=4), spots, st.randoms(use_true_random=False))
def test_bounds_of_a_union_hold_too(rules: list[Matched], point: tuple[int, int, int, int], random_: random.Random) -> None:
    found = union(rules)
    allowed = any(_possible(Ordered(rule, True, 1), point, random_)[1] for rule in rules)
    assert allowed or point not in found.sure
    assert not allowed or point in found.may


@pytest.mark.parametrize(
    ("sure", "may", "any_port", "truth", "partial"),
    [
        ([(0, 9)], [(0, 9)], False, True, ()),
        ([(0, 8)], [(0, 9)], False, None, ()),
        ([(0, 8)], [(0, 8)], False, False, ()),
        ([(0, 4)], [(0, 4)], True, True, ((5, 9),)),
        ([(0, 4)], [(0, 9)], True, True, ()),
        ([(0, 3)], [(0, 5)], True, True, ((6, 9),)),
        ([], [(3, 3)], True, None, ()),
        ([(0, 3), (5, 9)], [(0, 3), (5, 9)], True, True, ((4, 4),)),
        ([], [], True, False, ()),
    ],
)
def test_judging_ports(sure: list[tuple[int, int]], may: list[tuple[int, int]], any_port: bool, truth: object, partial: object) -> None:
    bounds = Bounds(*(Packets.of([((6, 6), (0, 0), PORTS, it) for it in ports]) for ports in (sure, may)))
    asked = Packets((((6, 6), (0, 0), PORTS, (0, 9)),))
    found = judge(bounds, asked, (0, 9), any_port=any_port, majority=False)
    assert (found.truth, found.partial) == (truth, partial)


def test_a_single_refused_port_of_many_is_not_worth_a_word() -> None:
    known = Packets.of([((6, 6), (0, 0), PORTS, it) for it in ((1024, 3388), (3390, 65535))])
    asked = Packets((((6, 6), (0, 0), PORTS, (1024, 65535)),))
    assert judge(Bounds(known, known), asked, (1024, 65535), any_port=True, majority=False).partial == ()


@pytest.mark.parametrize(
    ("addresses", "majority", "truth"),
    [((0, 99), False, True), ((0, 98), False, None), ((0, 49), True, True), ((0, 48), True, False), ((0, 0), False, None)],
)
def test_judging_addresses(addresses: tuple[int, int], majority: bool, truth: object) -> None:
    known = Packets((((6, 6), addresses, PORTS, (80, 80)),))
    asked = Packets((((6, 6), (0, 99), PORTS, (80, 80)),))
    assert judge(Bounds(known, known), asked, (80, 80), any_port=False, majority=majority).truth is truth


# -- beside a simulator


def _interface(graph: Graph, address: str) -> Interface:
    (found,) = graph.find(Address.parse(address))
    (card,) = ends(graph, found)
    return card


def _connections(graph: Graph) -> Bounds:
    (part,) = [it for it in exposure(graph, _interface(graph, "aws_instance.server")).parts if it.family == 4]
    return part.connections


def _point(packet: object, protocol: str, address: str, source_port: int, port: int) -> tuple[int, int, int, int]:
    return (NUMBERS[protocol], int(ipaddress.ip_address(address)), source_port, port)


def test_packets_of_the_internet() -> None:
    compare(range(WORLDS // 10))


@pytest.mark.slow
def test_a_hundred_thousand_packets_of_the_internet() -> None:
    arrived = compare(range(WORLDS))
    assert POINTS // 40 < arrived < POINTS * 39 // 40


def compare(seeds: range) -> int:
    """How many packets arrive; fails when the sets and the simulator differ over one."""
    wrong, arrived = [], 0
    for seed in seeds:
        made, random_ = world(seed), random.Random(seed)
        found = _connections(made.graph())
        assert found.sure == found.may
        for _ in range(POINTS // WORLDS):
            packet = packets(random_, client_of_the_internet(random_), SERVER)
            expected = made.arrives(packet)
            arrived += expected
            point = _point(packet, packet.protocol, packet.source, packet.source_port, packet.target_port)
            if (point in found.sure) is not expected:
                wrong.append((seed, packet))
    assert not wrong
    return arrived


def test_flows_between_two_hosts() -> None:
    """A connection is possible when one of the client's ports makes it so; it is partial when one does not."""
    answers = set()
    for seed in range(80):
        made = world(seed)
        graph = made.graph()
        client, server = (_interface(graph, f"aws_instance.{name}") for name in ("client", "server"))
        edges = sorted(
            {client.client[0], client.client[1], *(it for it in (32768, 33000, 50000, 60999) if client.client[0] <= it <= client.client[1])}
        )
        for protocol in ("tcp", "udp"):
            for port in (22, 80, 443, 3306):
                found = flow(graph, client, server, protocol, port)
                packet = packets(random.Random(seed), CLIENT, SERVER)
                crossing = [made.crosses(type(packet)(protocol, CLIENT, SERVER, source, port)) for source in edges]
                answers.add(found.truth)
                assert found.truth is not None
                assert not any(crossing) or found.truth, (seed, protocol, port)
                if found.truth and not any(it.partial for it in found.blockers):
                    assert all(crossing), (seed, protocol, port)
                if not found.truth:
                    assert not any(crossing)
    assert answers == {True, False}


def test_what_is_not_known_never_turns_one_answer_into_the_other() -> None:
    opened = 0
    for seed in range(50):
        made, random_ = world(seed), random.Random(seed)
        known = _connections(made.graph())
        for less in hidden(seed, made):
            less_graph = less.graph()
            found = _connections(less_graph)
            assert known.may.covers(found.sure), seed
            assert found.may.covers(known.sure), seed
            opened += found.sure != found.may
            assert found.sure == found.may or exposure(less_graph, _interface(less_graph, "aws_instance.server")).gaps
            for _ in range(10):
                packet = packets(random_, client_of_the_internet(random_), SERVER)
                point = _point(packet, packet.protocol, packet.source, packet.source_port, packet.target_port)
                expected = made.arrives(packet)
                assert expected or point not in found.sure
                assert not expected or point in found.may
    assert opened > 40


def test_what_is_not_known_leaves_flows_open_at_most() -> None:
    for seed in range(25):
        made = world(seed)
        graph = made.graph()
        known = {
            port: flow(graph, _interface(graph, "aws_instance.client"), _interface(graph, "aws_instance.server"), "tcp", port).truth
            for port in (22, 443)
        }
        for less in hidden(seed, made):
            fewer = less.graph()
            for port, truth in known.items():
                found = flow(fewer, _interface(fewer, "aws_instance.client"), _interface(fewer, "aws_instance.server"), "tcp", port).truth
                assert found in (truth, None), (seed, port)


def test_everything_is_everything() -> None:
    assert (6, 0, 0, 0) in everything(4)
    assert (255, 2**128 - 1, 65535, 65535) in everything(6)
