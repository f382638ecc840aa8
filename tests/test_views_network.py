"""Views of security groups, network ACLs, routes and address ranges."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet
from auditor.views import ingress, network_acl
from auditor.views.address_range import covers, is_anywhere, is_public, network, overlap
from auditor.views.decide import every, length, some
from auditor.views.hidden_entry import hidden_by
from auditor.views.ingress import Opening, Traffic
from auditor.views.routes import routes, routes_of_subnet
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}


def node(body: Any) -> Node:
    return resource("aws_x.y", {"it": body}).at("it")


# -- address ranges


@pytest.mark.parametrize("text", ["0.0.0.0/0", "::/0", "10.0.0.0/0", " 0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "0000::/0"])
def test_the_internet_in_every_spelling(text: str) -> None:
    assert is_anywhere(text)


@pytest.mark.parametrize("text", ["10.0.0.0/8", "0.0.0.0/2", "2001:db8::/32", "", None, "sg-1", "0.0.0.0/33", "0.0.0.0"])
def test_what_is_not_the_internet(text: str | None) -> None:
    assert not is_anywhere(text)


def test_covering_and_overlapping() -> None:
    assert covers("10.0.0.0/8", "10.1.0.0/16")
    assert not covers("10.1.0.0/16", "10.0.0.0/8")
    assert not covers("0.0.0.0/0", "2001:db8::/32")
    assert overlap("10.1.0.0/16", "10.0.0.0/8")
    assert not overlap("10.1.0.0/16", "10.2.0.0/16")
    assert not covers(None, "10.0.0.0/8")


@pytest.mark.parametrize(
    ("text", "public"),
    [("203.0.113.7", True), ("10.1.2.3", False), ("100.64.0.1", False), ("fd00::1", False), ("x", False)],
)
def test_public_addresses(text: str, public: bool) -> None:
    assert is_public(text) is public


def test_host_bits_are_ignored() -> None:
    assert str(network("10.1.2.3/16")) == "10.1.0.0/16"


# -- conditions that cannot be decided


def unknown() -> bool:
    raise Undecided(node(UNKNOWN))


def test_a_certain_no_decides_a_conjunction() -> None:
    assert every(unknown, lambda: False) is False
    assert every(lambda: True, lambda: True)
    assert every() is True
    with pytest.raises(Undecided):
        every(lambda: True, unknown)


def test_a_certain_yes_decides_a_disjunction() -> None:
    assert some(unknown, lambda: True)
    assert some() is False
    with pytest.raises(Undecided):
        some(lambda: False, unknown)


def test_length() -> None:
    assert length(node([1, 2])) == 2
    assert length(node(None)) == 0
    assert length(node("x")) == 1
    assert length(node([UNKNOWN])) == 1
    for open_ended in (UNKNOWN, [{"$many": "for_each is not known"}]):
        with pytest.raises(Undecided):
            length(node(open_ended))


# -- protocols and ports


@pytest.mark.parametrize(
    ("rule", "tcp", "udp"),
    [
        ({"protocol": "tcp", "from_port": 22, "to_port": 80}, (22, 80), None),
        ({"protocol": "6", "from_port": "22", "to_port": "22"}, (22, 22), None),
        ({"protocol": "TCP", "from_port": 0, "to_port": 0}, (0, 0), None),
        ({"protocol": "-1", "from_port": 0, "to_port": 0}, (0, 65535), (0, 65535)),
        ({"protocol": "all"}, (0, 65535), (0, 65535)),
        ({"ip_protocol": "-1"}, (0, 65535), (0, 65535)),
        ({"ip_protocol": "udp", "from_port": 53, "to_port": 53}, None, (53, 53)),
        ({"protocol": "icmp", "from_port": -1, "to_port": -1}, None, None),
        ({"protocol": "tcp", "from_port": -1, "to_port": -1}, (0, 65535), None),
        ({"protocol": "tcp", "from_port": 443}, (443, 443), None),
        ({"from_port": 443, "to_port": 443}, (443, 443), (443, 443)),
        ({}, (0, 65535), (0, 65535)),
        ({"protocol": "50"}, None, None),
    ],
)
def test_ports(rule: dict[str, Any], tcp: tuple[int, int] | None, udp: tuple[int, int] | None) -> None:
    traffic = Traffic(node(rule))
    assert (traffic.ports("tcp"), traffic.ports("udp")) == (tcp, udp)


def test_a_port_of_another_protocol_needs_no_port() -> None:
    assert not Traffic(node({"protocol": "udp", "from_port": UNKNOWN, "to_port": 80})).lets("tcp", 22)
    with pytest.raises(Undecided):
        Traffic(node({"protocol": "tcp", "from_port": UNKNOWN, "to_port": 80})).lets("tcp", 22)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"protocol": "-1"}, "all traffic"),
        ({"protocol": "tcp", "from_port": 0, "to_port": 65535}, "every tcp port"),
        ({"protocol": "tcp", "from_port": 22, "to_port": 22}, "tcp 22"),
        ({"protocol": "udp", "from_port": 1, "to_port": 9}, "udp 1-9"),
    ],
)
def test_words(rule: dict[str, Any], words: str) -> None:
    assert Traffic(node(rule)).words == words


# -- openings


def openings(kind: str, body: dict[str, Any]) -> list[Opening]:
    it = resource(f"{kind}.it", body)
    return list(ingress.inbound(it, graph(it)))


SSH = {"protocol": "tcp", "from_port": 22, "to_port": 22}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("aws_security_group", {"ingress": [{**SSH, "cidr_blocks": ["10.0.0.0/8", "0.0.0.0/0"]}]}),
        ("aws_default_security_group", {"ingress": [{**SSH, "ipv6_cidr_blocks": ["::/0"]}]}),
        ("aws_security_group_rule", {"type": "ingress", **SSH, "cidr_blocks": ["0.0.0.0/0"]}),
        ("aws_vpc_security_group_ingress_rule", {"ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "0.0.0.0/0"}),
        ("aws_vpc_security_group_ingress_rule", {"ip_protocol": "-1", "cidr_ipv6": "::/0"}),
    ],
)
def test_one_hole_in_every_spelling(kind: str, body: dict[str, Any]) -> None:
    assert [opening.where.text for opening in openings(kind, body) if opening.world("tcp", 22)] in (["0.0.0.0/0"], ["::/0"])


def test_the_other_direction_is_not_inbound() -> None:
    for kind, body in (
        ("aws_security_group", {"egress": [{**SSH, "cidr_blocks": ["0.0.0.0/0"]}]}),
        ("aws_security_group_rule", {"type": "egress", **SSH, "cidr_blocks": ["0.0.0.0/0"]}),
        ("aws_vpc_security_group_egress_rule", {"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}),
    ):
        assert not openings(kind, body)
        it = resource(f"{kind}.it", body)
        assert [opening.anywhere for opening in ingress.outbound(it, graph(it))] == [True]


def test_groups_and_self_are_not_the_internet() -> None:
    found = openings("aws_security_group", {"ingress": [{**SSH, "self": True, "security_groups": ["sg-1"], "prefix_list_ids": []}]})
    assert sorted((opening.kind, opening.anywhere) for opening in found) == [("group", False), ("self", False)]


def test_a_known_source_decides_beside_an_unknown_one() -> None:
    found = openings("aws_security_group", {"ingress": [{**SSH, "cidr_blocks": [UNKNOWN, "0.0.0.0/0"]}]})
    assert found[0].world("tcp", 22)
    with pytest.raises(Undecided):
        found[1].world("tcp", 22)
    assert not found[1].world("tcp", 23)


def test_a_block_that_is_not_known_is_one_undecided_opening() -> None:
    (opening,) = openings("aws_security_group", {"ingress": [{"$many": "for_each is not known"}]})
    with pytest.raises(Undecided):
        opening.world("tcp", 22)


def test_prefix_lists_are_looked_into() -> None:
    open_list = resource("aws_ec2_managed_prefix_list.open", {"entry": [{"cidr": "10.0.0.0/8"}, {"cidr": "0.0.0.0/0"}]})
    narrow = resource("aws_ec2_managed_prefix_list.narrow", {"entry": [{"cidr": "10.0.0.0/8"}]})
    aws = resource("data.aws_ec2_managed_prefix_list.cloudfront", {"name": "com.amazonaws.global.cloudfront.origin-facing"})
    for listed, expected in ((open_list, True), (narrow, False), (aws, False)):
        rule = resource("aws_vpc_security_group_ingress_rule.it", {"ip_protocol": "-1", "prefix_list_id": {"$ref": f"{listed.address}#id"}})
        (opening,) = ingress.inbound(rule, graph(rule, open_list, narrow, aws))
        assert opening.anywhere is expected
    rule = resource("aws_vpc_security_group_ingress_rule.it", {"ip_protocol": "-1", "prefix_list_id": "pl-12345"})
    (opening,) = ingress.inbound(rule, graph(rule))
    with pytest.raises(Undecided, match="entries"):
        _ = opening.anywhere


def test_a_state_lists_separate_rules_in_their_group_too() -> None:
    listed = [{**SSH, "cidr_blocks": ["0.0.0.0/0", "10.0.0.0/8"]}]
    group = resource("aws_security_group.g", {"id": "sg-1", "ingress": listed}, facet=Facet.RECORDED)
    rule = resource(
        "aws_vpc_security_group_ingress_rule.ssh",
        {"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "0.0.0.0/0"},
        facet=Facet.RECORDED,
    )
    both = graph(group, rule)
    assert [opening.peer.text for opening in ingress.inbound(group, both)] == ["10.0.0.0/8"]
    assert [opening.peer.text for opening in ingress.inbound(rule, both)] == ["0.0.0.0/0"]
    assert [opening.peer.text for opening in ingress.inbound(group, graph(group))] == ["0.0.0.0/0", "10.0.0.0/8"]


def test_named_ports() -> None:
    names = {22: "SSH", 3389: "Remote Desktop"}
    (one,) = openings("aws_security_group_rule", {"type": "ingress", **SSH, "cidr_blocks": ["0.0.0.0/0"]})
    assert ingress.named_ports(one, names) == "SSH (TCP 22)"
    (private,) = openings("aws_security_group_rule", {"type": "ingress", **SSH, "cidr_blocks": ["10.0.0.0/8"]})
    assert not ingress.named_ports(private, names)
    (unknown_source,) = openings("aws_security_group_rule", {"type": "ingress", **SSH, "cidr_blocks": UNKNOWN})
    assert not ingress.named_ports(unknown_source, {80: "HTTP"})
    with pytest.raises(Undecided):
        ingress.named_ports(unknown_source, names)
    (everything,) = openings("aws_vpc_security_group_ingress_rule", {"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"})
    assert not ingress.named_ports(everything, names)


# -- network ACLs


def entry(number: int, action: str, cidr: str = "0.0.0.0/0", **more: Any) -> dict[str, Any]:
    return {"rule_no": number, "action": action, "cidr_block": cidr, "protocol": "tcp", "from_port": 22, "to_port": 22, **more}


def admits(*entries: dict[str, Any], port: int = 22) -> list[bool]:
    acl = resource("aws_network_acl.it", {"ingress": list(entries)})
    return [listed.admits_world("tcp", port) for listed in network_acl.inbound(acl, graph(acl))]


def test_the_smallest_number_decides() -> None:
    assert admits(entry(100, "allow")) == [True]
    assert admits(entry(100, "allow"), entry(50, "deny")) == [False, False]
    assert admits(entry(100, "allow"), entry(150, "deny")) == [True, False]
    assert admits(entry(100, "allow"), entry(50, "deny", "10.0.0.0/8")) == [True, False]
    assert admits(entry(100, "allow"), entry(50, "deny", from_port=80, to_port=80)) == [True, False]
    assert admits(entry(100, "allow", protocol="-1"), entry(50, "deny", from_port=20, to_port=25)) == [False, False]


def test_separate_entries_belong_to_the_list() -> None:
    acl = resource("aws_network_acl.it", {"ingress": [entry(50, "deny")]})
    rule = resource(
        "aws_network_acl_rule.open",
        {
            "network_acl_id": {"$ref": "aws_network_acl.it#id"},
            "rule_number": 100,
            "rule_action": "allow",
            "protocol": "-1",
            "cidr_block": "0.0.0.0/0",
        },
    )
    (listed,) = network_acl.inbound(rule, graph(acl, rule))
    assert not listed.admits_world("tcp", 22)
    assert listed.admits_world("tcp", 23)
    assert not list(network_acl.outbound(rule, graph(acl, rule)))


def test_an_unknown_number_leaves_it_open() -> None:
    acl = resource("aws_network_acl.it", {"ingress": [entry(100, "allow"), {**entry(0, "deny"), "rule_no": UNKNOWN}]})
    allowed, _ = network_acl.inbound(acl, graph(acl))
    with pytest.raises(Undecided):
        allowed.admits_world("tcp", 22)


def hidden(*entries: Any) -> list[tuple[float, list[float]]]:
    acl = resource("aws_network_acl.it", {"ingress": list(entries)})
    found = network_acl.inbound(acl, graph(acl))
    return [(listed.entry.number, [taker.number for taker in takers]) for listed in found if (takers := hidden_by(listed))]


def test_hidden_entries() -> None:
    assert hidden(entry(100, "allow", protocol="-1"), entry(200, "deny"), entry(50, "deny", "10.0.0.0/8")) == [(200, [100])]


def test_several_entries_hide_one_together() -> None:
    halves = [entry(10, "allow", "0.0.0.0/1"), entry(20, "deny", "128.0.0.0/1")]
    assert hidden(*halves, entry(30, "allow")) == [(30, [10, 20])]
    assert hidden(halves[0], entry(30, "allow")) == []


def test_an_entry_of_ipv6_hides_none_of_ipv4() -> None:
    six = {**entry(10, "allow", protocol="-1"), "cidr_block": None, "ipv6_cidr_block": "::/0"}
    assert hidden(six, entry(20, "deny")) == []


def test_what_is_not_known_hides_nothing() -> None:
    acl = resource("aws_network_acl.it", {"ingress": [{**entry(10, "allow", protocol="-1"), "rule_no": UNKNOWN}, entry(20, "deny")]})
    unknown, known = network_acl.inbound(acl, graph(acl))
    assert hidden_by(known) == ()
    with pytest.raises(Undecided):
        hidden_by(unknown)


# -- routes


def test_a_plan_leaves_open_which_targets_a_route_does_not_have() -> None:
    body = {"destination_cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1", "network_interface_id": UNKNOWN}
    (route,) = routes(resource("aws_route.r", body), graph())
    assert route.target("network_interface_id") is None
    (open_route,) = routes(resource("aws_route.r", {"destination_cidr_block": "0.0.0.0/0", "network_interface_id": UNKNOWN}), graph())
    with pytest.raises(Undecided):
        open_route.target("network_interface_id")


def test_routes_inline_and_separate() -> None:
    subnet = resource("aws_subnet.a", {"cidr_block": "10.0.1.0/24"})
    inline = {"cidr_block": "10.8.0.0/16", "vpc_peering_connection_id": "pcx-1", "ipv6_cidr_block": ""}
    table = resource("aws_route_table.a", {"route": [inline]})
    separate = resource(
        "aws_route.out",
        {"route_table_id": {"$ref": "aws_route_table.a#id"}, "destination_ipv6_cidr_block": "::/0", "egress_only_gateway_id": "eigw-1"},
    )
    ends = {"subnet_id": {"$ref": "aws_subnet.a#id"}, "route_table_id": {"$ref": "aws_route_table.a#id"}}
    joined = resource("aws_route_table_association.a", ends)
    whole = graph(subnet, table, separate, joined)
    first, second = routes_of_subnet(subnet, whole)
    assert (first.destination.text, first.default) == ("10.8.0.0/16", False)
    assert (second.destination.text, second.default) == ("::/0", True)
    assert second.target("gateway_id") is None
    assert [route.target("vpc_peering_connection_id") is not None for route in routes(table, whole)] == [True]
