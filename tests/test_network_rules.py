"""Rules of networks on states, where ids stand in place of references, and on estates of which a part is elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from auditor.engine import rulebook
from auditor.engine.runner import run
from auditor.links import links
from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Rule
from tests.made import resource


@cache
def rule(path: str) -> Rule:
    root = rulebook.builtin_root()
    return rulebook.load_file(root, root / f"{path}.py")


def state(name: str, /, **body: Any) -> Resource:
    return resource(name, body, facet=Facet.RECORDED)


def outcome(path: str, *resources: Resource) -> tuple[list[str], int]:
    """The resources with findings, and how many places are unsure."""
    found = run([rule(path)], Graph(resources, links()))
    assert not found.errors
    return [finding.resource for finding in found.findings], len(found.unsure)


VPC = state("aws_vpc.main", id="vpc-0123456789abcdef0", cidr_block="10.0.0.0/16", main_route_table_id="rtb-0aaaaaaaaaaaaaaaa")
GATEWAY = state("aws_internet_gateway.main", id="igw-0123456789abcdef0", vpc_id="vpc-0123456789abcdef0")
SUBNET = state(
    "aws_subnet.one",
    id="subnet-0123456789abcdef0",
    vpc_id="vpc-0123456789abcdef0",
    cidr_block="10.0.1.0/24",
    availability_zone="eu-west-1a",
    map_public_ip_on_launch=True,
)
TABLE = state(
    "aws_route_table.one",
    id="rtb-0123456789abcdef0",
    vpc_id="vpc-0123456789abcdef0",
    route=[{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-0123456789abcdef0", "nat_gateway_id": ""}],
)
ASSOCIATION = state(
    "aws_route_table_association.one",
    id="rtbassoc-0123456789abcdef0",
    subnet_id="subnet-0123456789abcdef0",
    route_table_id="rtb-0123456789abcdef0",
)
NETWORK = (VPC, GATEWAY, SUBNET, TABLE, ASSOCIATION)
NAT = state(
    "aws_nat_gateway.it",
    id="nat-0123456789abcdef0",
    subnet_id="subnet-0123456789abcdef0",
    allocation_id="eipalloc-1",
    connectivity_type="public",
)


def test_a_route_that_aws_calls_a_blackhole() -> None:
    body = {"route_table_id": "rtb-0123456789abcdef0", "destination_cidr_block": "10.9.0.0/16", "nat_gateway_id": "nat-0bbbbbbbbbbbbbbbb"}
    dead, alive = state("aws_route.dead", **body, state="blackhole"), state("aws_route.alive", **body, state="active")
    assert outcome("aws/vpc/route_to_nothing", VPC, TABLE, GATEWAY, dead, alive) == (["aws_route.dead"], 0)


def test_a_nat_gateway_in_public_and_in_private_subnets() -> None:
    private = state("aws_route_table.one", id="rtb-0123456789abcdef0", vpc_id="vpc-0123456789abcdef0", route=[])
    assert outcome("aws/vpc/nat_gateway_without_way_out", *NETWORK, NAT) == ([], 0)
    assert outcome("aws/vpc/nat_gateway_without_way_out", VPC, GATEWAY, SUBNET, private, ASSOCIATION, NAT) == (["aws_nat_gateway.it"], 0)


def test_a_table_that_is_elsewhere_leaves_it_open() -> None:
    elsewhere = state("aws_route_table_association.one", subnet_id="subnet-0123456789abcdef0", route_table_id="rtb-0cccccccccccccccc")
    assert outcome("aws/vpc/nat_gateway_without_way_out", VPC, SUBNET, elsewhere, NAT) == ([], 1)
    assert outcome("aws/vpc/nat_gateway_without_way_out", NAT) == ([], 1)


def group(name: str, /, **body: Any) -> Resource:
    return state(f"aws_security_group.{name}", id=f"sg-0123456789abcde{name}", vpc_id="vpc-0123456789abcdef0", **body)


def opening(port: int, **body: Any) -> dict[str, Any]:
    return {"protocol": "tcp", "from_port": port, "to_port": port, **body}


def instance(*groups: str, **body: Any) -> Resource:
    ids = [f"sg-0123456789abcde{name}" for name in groups]
    return state("aws_instance.it", id="i-0123456789abcdef0", subnet_id="subnet-0123456789abcdef0", vpc_security_group_ids=ids, **body)


@pytest.mark.parametrize(
    ("port", "public", "found"),
    [(22, True, ["aws_instance.it"]), (22, False, []), (443, True, [])],
)
def test_an_instance_that_the_internet_reaches(port: int, public: bool, found: list[str]) -> None:
    it = instance("0a", associate_public_ip_address=public, public_ip="203.0.113.7" if public else "")
    guard = group("0a", ingress=[opening(port, cidr_blocks=["0.0.0.0/0"])], egress=[])
    assert outcome("aws/network/administration_port_reachable", *NETWORK, guard, it) == (found, 0)


def test_a_group_that_is_elsewhere_leaves_it_open() -> None:
    it = instance("0f", associate_public_ip_address=True, public_ip="203.0.113.7")
    assert outcome("aws/network/administration_port_reachable", *NETWORK, it) == ([], 1)


BALANCER = state(
    "aws_lb.it",
    id="arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/it/1",
    arn="arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/it/1",
    load_balancer_type="application",
    internal=True,
    subnets=["subnet-0123456789abcdef0"],
    security_groups=["sg-0123456789abcde0b"],
)
TARGET_GROUP = state(
    "aws_lb_target_group.it",
    arn="arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/it/2",
    port=8080,
    protocol="HTTP",
    target_type="instance",
    vpc_id="vpc-0123456789abcdef0",
    health_check=[{"port": "traffic-port", "protocol": "HTTP"}],
)
LISTENER = state(
    "aws_lb_listener.it",
    arn="arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/it/1/3",
    load_balancer_arn="arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/it/1",
    port=443,
    protocol="HTTPS",
    default_action=[{"type": "forward", "target_group_arn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/it/2"}],
)
ATTACHMENT = state(
    "aws_lb_target_group_attachment.it",
    target_group_arn="arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/it/2",
    target_id="i-0123456789abcdef0",
)
OUT = {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}


@pytest.mark.parametrize(
    ("port", "egress", "closed", "mute"),
    [
        (8080, [OUT], [], []),
        (80, [OUT], ["aws_lb_listener.it"], []),
        (8080, [opening(443, cidr_blocks=["0.0.0.0/0"])], [], ["aws_lb_listener.it"]),
    ],
)
def test_a_load_balancer_and_its_target(port: int, egress: list[Any], closed: list[str], mute: list[str]) -> None:
    target = group("0a", ingress=[opening(port, security_groups=["sg-0123456789abcde0b"])], egress=[])
    front = group("0b", ingress=[opening(443, cidr_blocks=["10.0.0.0/16"])], egress=egress)
    estate = (*NETWORK, BALANCER, TARGET_GROUP, LISTENER, ATTACHMENT, instance("0a"), target, front)
    assert outcome("aws/load_balancer/targets_closed_to_balancer", *estate) == (closed, 0)
    assert outcome("aws/load_balancer/balancer_without_egress", *estate) == (mute, 0)


def test_a_function_and_its_database_by_the_name_in_the_state() -> None:
    host = "orders.abc123.eu-west-1.rds.amazonaws.com"
    names = state("aws_db_subnet_group.db", id="db", name="db", subnet_ids=["subnet-0123456789abcdef0"])
    database = state(
        "aws_db_instance.orders",
        engine="postgres",
        address=host,
        port=5432,
        db_subnet_group_name="db",
        vpc_security_group_ids=["sg-0123456789abcde0b"],
    )
    function = state(
        "aws_lambda_function.mail",
        vpc_config=[{"subnet_ids": ["subnet-0123456789abcdef0"], "security_group_ids": ["sg-0123456789abcde0a"]}],
        environment=[{"variables": {"URL": f"postgres://app@{host}/orders"}}],
    )
    client = group("0a", ingress=[], egress=[OUT])
    good = group("0b", ingress=[opening(5432, security_groups=["sg-0123456789abcde0a"])], egress=[])
    bad = group("0b", ingress=[opening(3306, security_groups=["sg-0123456789abcde0a"])], egress=[])
    estate = (*NETWORK, names, database, function, client)
    assert outcome("aws/network/dependency_closed", *estate, good) == ([], 0)
    assert outcome("aws/network/dependency_closed", *estate, bad) == (["aws_lambda_function.mail"], 0)
    assert outcome("aws/network/dependency_without_egress", *estate, bad) == ([], 0)


@pytest.mark.parametrize(("zone", "found"), [("eu-west-1a", []), ("eu-west-1b", ["aws_lb_target_group.it"])])
def test_zones_of_targets(zone: str, found: list[str]) -> None:
    there = state("aws_subnet.two", id="subnet-0dddddddddddddddd", vpc_id="vpc-0123456789abcdef0", availability_zone=zone)
    it = state("aws_instance.it", id="i-0123456789abcdef0", subnet_id="subnet-0dddddddddddddddd")
    assert outcome("aws/load_balancer/targets_in_other_zones", *NETWORK, there, BALANCER, TARGET_GROUP, LISTENER, ATTACHMENT, it) == (
        found,
        0,
    )


@pytest.mark.parametrize(("zone", "found"), [("eu-west-1a", []), ("eu-west-1b", ["aws_ec2_transit_gateway_vpc_attachment.it"])])
def test_zones_of_a_transit_gateway(zone: str, found: list[str]) -> None:
    hub = state("aws_ec2_transit_gateway.hub", id="tgw-0123456789abcdef0")
    table = state(
        "aws_route_table.one",
        id="rtb-0123456789abcdef0",
        vpc_id="vpc-0123456789abcdef0",
        route=[{"cidr_block": "10.0.0.0/8", "transit_gateway_id": "tgw-0123456789abcdef0", "gateway_id": ""}],
    )
    there = state("aws_subnet.two", id="subnet-0dddddddddddddddd", vpc_id="vpc-0123456789abcdef0", availability_zone=zone)
    it = state(
        "aws_ec2_transit_gateway_vpc_attachment.it",
        transit_gateway_id="tgw-0123456789abcdef0",
        vpc_id="vpc-0123456789abcdef0",
        subnet_ids=["subnet-0dddddddddddddddd"],
    )
    estate = (VPC, hub, SUBNET, table, ASSOCIATION, there, it)
    assert outcome("aws/transit_gateway/zone_without_interface", *estate) == (found, 0)


def peering(back: bool) -> tuple[Resource, ...]:
    far = state("aws_vpc.far", id="vpc-0eeeeeeeeeeeeeeee", cidr_block="10.1.0.0/16")
    it = state(
        "aws_vpc_peering_connection.it", id="pcx-0123456789abcdef0", vpc_id="vpc-0123456789abcdef0", peer_vpc_id="vpc-0eeeeeeeeeeeeeeee"
    )
    near = state(
        "aws_route_table.one",
        id="rtb-0123456789abcdef0",
        vpc_id="vpc-0123456789abcdef0",
        route=[{"cidr_block": "10.1.0.0/16", "vpc_peering_connection_id": "pcx-0123456789abcdef0", "gateway_id": ""}],
    )
    routes = [{"cidr_block": "10.0.0.0/16", "vpc_peering_connection_id": "pcx-0123456789abcdef0", "gateway_id": ""}] if back else []
    table = state("aws_route_table.far", id="rtb-0eeeeeeeeeeeeeeee", vpc_id="vpc-0eeeeeeeeeeeeeeee", route=routes)
    subnet = state("aws_subnet.far", id="subnet-0eeeeeeeeeeeeeeee", vpc_id="vpc-0eeeeeeeeeeeeeeee", cidr_block="10.1.1.0/24")
    link = state("aws_route_table_association.far", subnet_id="subnet-0eeeeeeeeeeeeeeee", route_table_id="rtb-0eeeeeeeeeeeeeeee")
    return (VPC, SUBNET, ASSOCIATION, far, it, near, table, subnet, link)


@pytest.mark.parametrize("back", [True, False])
def test_peering_there_and_back(back: bool) -> None:
    assert outcome("aws/vpc/peering_without_way_back", *peering(back)) == ([] if back else ["aws_route_table.one"], 0)
    assert outcome("aws/vpc/route_to_nothing", *peering(back)) == ([], 0)
