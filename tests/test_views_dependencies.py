"""Views of what workloads call, what they need of AWS, and how many addresses they take."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.node import Node, Undecided
from auditor.model.resource import Facet, Resource
from auditor.model.value import Marks, Ref, Unknown, Value
from auditor.views.address_demand import demands
from auditor.views.api_use import through_proxy, uses
from auditor.views.database_port import database_port
from auditor.views.dependency import dependencies
from auditor.views.endpoint import endpoint_type, endpoints_in, service
from auditor.views.network.vpc import vpc_of
from auditor.views.subnet import beyond, usable_addresses, zone_of, zones
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}


def function(**variables: Any) -> Resource:
    return resource("aws_lambda_function.it", {"environment": [{"variables": variables}]})


def made_from(address: str, attribute: str, before: str = "", after: str = "") -> Node:
    """An unknown text with one attribute in the middle."""
    ref = Ref(resource(address, {}).address, attribute)
    return Node(Value(Unknown(f"{address} is not created yet", parts=tuple(it for it in (before, ref, after) if it)), marks=Marks((ref,))))


def told(node: Node, *others: Resource) -> list[tuple[str, int]]:
    """What a function depends on whose only variable holds a value."""
    it = function(HOST="")
    variables: Any = it.at("environment[0].variables").data
    variables["HOST"] = node.value_
    return [(found.target.address.text, found.port) for found in dependencies(it, graph(it, *others))]


DATABASE = resource("aws_db_instance.orders", {"engine": "postgres"})


@pytest.mark.parametrize(
    ("attribute", "before", "after", "port"),
    [
        ("address", "", "", 5432),
        ("endpoint", "postgres://app@", "/orders", 5432),
        ("address", "postgres://app@", ":6543/orders", 6543),
        ("arn", "", "", None),
        ("identifier", "", "", None),
    ],
)
def test_databases_by_reference(attribute: str, before: str, after: str, port: int | None) -> None:
    found = told(made_from("aws_db_instance.orders", attribute, before, after), DATABASE)
    assert found == ([("aws_db_instance.orders", port)] if port else [])


def listener(port: int) -> Resource:
    return resource(f"aws_lb_listener.on_{port}", {"port": port, "load_balancer_arn": {"$ref": "aws_lb.api#arn"}})


@pytest.mark.parametrize(
    ("before", "after", "ports", "found"),
    [
        ("https://", "/v1", [80, 443], [443]),
        ("http://", ":8080", [80], [8080]),
        ("", "", [9000], [9000]),
        ("", "", [80, 443], []),
    ],
)
def test_load_balancers_by_scheme_port_or_only_listener(before: str, after: str, ports: list[int], found: list[int]) -> None:
    balancer = resource("aws_lb.api", {"internal": True})
    node = made_from("aws_lb.api", "dns_name", before, after)
    assert [port for _, port in told(node, balancer, *map(listener, ports))] == found


def test_hosts_that_are_written_as_text() -> None:
    host = "orders.abc123.eu-west-1.rds.amazonaws.com"
    database = resource("aws_db_instance.orders", {"engine": "mysql", "address": host, "endpoint": f"{host}:3306"}, facet=Facet.RECORDED)
    client = resource(
        "aws_lambda_function.it",
        {"environment": [{"variables": {"A": f"mysql://app@{host.upper()}:3307/x", "B": "orders", "C": "other.rds.amazonaws.com"}}]},
        facet=Facet.RECORDED,
    )
    (found,) = dependencies(client, graph(client, database))
    assert (found.target, found.port, found.name) == (database, 3307, "A")
    assert found.words == "aws_lambda_function.it needs aws_db_instance.orders on tcp 3307 (A)"


def test_what_a_secret_of_a_task_holds() -> None:
    secret = resource("aws_secretsmanager_secret.db", {"arn": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-abc"})
    version = resource(
        "aws_secretsmanager_secret_version.db",
        {"secret_id": {"$ref": "aws_secretsmanager_secret.db#id"}, "secret_string": {"$ref": "aws_db_instance.orders#endpoint"}},
    )
    containers = [{"name": "web", "secrets": [{"name": "URL", "valueFrom": {"$ref": "aws_secretsmanager_secret.db#arn"}}]}]
    task = resource("aws_ecs_task_definition.web", {"arn": "arn:task", "container_definitions": containers})
    it = resource("aws_ecs_service.web", {"task_definition": "arn:task"})
    (found,) = dependencies(it, graph(it, task, secret, version, DATABASE))
    assert (found.target, found.port, found.name) == (DATABASE, 5432, "URL")


@pytest.mark.parametrize(
    ("kind", "body", "port"),
    [
        ("aws_db_instance", {"engine": "aurora-postgresql"}, 5432),
        ("aws_db_instance", {"engine": "sqlserver-ex"}, 1433),
        ("aws_db_instance", {"engine": "mysql", "port": 3307}, 3307),
        ("aws_rds_cluster", {}, 3306),
        ("aws_elasticache_replication_group", {}, 6379),
        ("aws_elasticache_cluster", {"engine": "memcached"}, 11211),
        ("aws_redshift_cluster", {}, 5439),
    ],
)
def test_ports_of_databases(kind: str, body: dict[str, Any], port: int) -> None:
    assert database_port(resource(f"{kind}.it", body)) == port


@pytest.mark.parametrize("body", [{"engine": UNKNOWN}, {"engine": "something-new"}, {}])
def test_a_port_that_nobody_knows(body: dict[str, Any]) -> None:
    with pytest.raises(Undecided):
        database_port(resource("aws_db_instance.it", body))


# -- APIs


@pytest.mark.parametrize(
    ("image", "services"),
    [
        ("111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1", {"ecr.api", "ecr.dkr", "s3"}),
        ("nginx:1.29", {"docker.io"}),
        ("bitnami/redis", {"docker.io"}),
        ("quay.io/org/app@sha256:abc", {"quay.io"}),
        ("registry.internal:5000/app", set()),
        ("harbor.example.com/app", set()),
    ],
)
def test_where_an_image_comes_from(image: str, services: set[str]) -> None:
    body = {"arn": "arn:task", "requires_compatibilities": ["FARGATE"], "execution_role_arn": "arn:aws:iam::111122223333:role/x"}
    task = resource("aws_ecs_task_definition.web", {**body, "container_definitions": [{"name": "web", "image": image}]})
    it = resource("aws_ecs_service.web", {"task_definition": "arn:task"})
    assert {use.service for use in uses(it, graph(it, task))} == services


def test_what_variables_of_a_function_lead_to() -> None:
    queue = resource("aws_sqs_queue.mail", {"name": "mail"})
    it = function(QUEUE={"$ref": "aws_sqs_queue.mail#url"}, NUMBER="7")
    assert [use.service for use in uses(it, graph(it, queue))] == ["sqs"]
    assert not through_proxy(it, graph(it, queue))
    behind = function(https_proxy="http://proxy:3128")
    assert through_proxy(behind, graph(behind))


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ({"service_name": "com.amazonaws.eu-west-1.ecr.dkr", "vpc_endpoint_type": "Interface"}, "ecr.dkr", "Interface"),
        ({"service_name": "com.amazonaws.eu-west-1.s3"}, "s3", "Gateway"),
        ({"service_name": "com.amazonaws.vpce.eu-west-1.vpce-svc-1"}, "eu-west-1.vpce-svc-1", "Gateway"),
        ({"service_name": "cn.com.amazonaws.cn-north-1.sts"}, "sts", "Gateway"),
    ],
)
def test_services_of_endpoints(body: dict[str, Any], name: str, kind: str) -> None:
    it = resource("aws_vpc_endpoint.it", body)
    assert (service(it), endpoint_type(it)) == (name, kind)


def test_an_endpoint_of_a_region_that_is_not_known() -> None:
    it = resource("aws_vpc_endpoint.it", {})
    body: Any = it.body.data
    body["service_name"] = Value(Unknown("the region is not known", parts=("com.amazonaws.", None, ".ecr.api")))
    assert service(it) == "ecr.api"
    body["service_name"] = Value(Unknown("?", parts=("com.amazonaws.", None)))
    with pytest.raises(Undecided):
        service(it)


def test_endpoints_of_a_vpc() -> None:
    networks = [resource(f"aws_vpc.{name}", {"id": f"vpc-{name}"}) for name in ("one", "two")]
    body = {"service_name": "com.amazonaws.eu-west-1.sqs", "vpc_endpoint_type": "Interface"}
    there = resource("aws_vpc_endpoint.there", {**body, "vpc_id": "vpc-two"})
    open_one = resource("aws_vpc_endpoint.open", {**body, "vpc_id": UNKNOWN})
    subnet = resource("aws_subnet.it", {"vpc_id": "vpc-one"})
    whole = graph(*networks, there, subnet)
    assert endpoints_in(vpc_of(subnet, whole), whole, "sqs") == ()
    assert endpoints_in(vpc_of(there, whole), whole, "sqs", "sns") == (there,)
    doubtful = graph(*networks, there, open_one, subnet)
    with pytest.raises(Undecided):
        endpoints_in(vpc_of(subnet, doubtful), doubtful, "sqs")
    anywhere = resource("aws_subnet.anywhere", {"vpc_id": UNKNOWN})
    with pytest.raises(Undecided):
        endpoints_in(vpc_of(anywhere, whole), whole, "sqs")


# -- addresses


@pytest.mark.parametrize(("block", "hosts"), [("10.0.0.0/24", 251), ("10.0.0.0/28", 11), (None, None)])
def test_usable_addresses(block: str | None, hosts: int | None) -> None:
    assert usable_addresses(resource("aws_subnet.it", {"cidr_block": block})) == hosts


def taken(subnets: int, *others: Resource) -> list[tuple[str, int]]:
    network = resource("aws_vpc.it", {"cidr_block": "10.0.0.0/16"})
    made = [resource(f"aws_subnet.s{n}", {"id": f"subnet-{n}", "vpc_id": {"$ref": "aws_vpc.it#id"}}) for n in range(subnets)]
    found = demands(made[0], graph(network, *made, *others))
    assert found.doubt is None
    return [(demand.resource.kind, demand.total) for demand in found.known]


def test_groups_are_spread_over_their_subnets() -> None:
    group = resource("aws_autoscaling_group.it", {"max_size": 10, "vpc_zone_identifier": ["subnet-0", "subnet-1", "subnet-2"]})
    assert taken(3, group) == [("aws_autoscaling_group", 4)]


def test_services_at_their_largest_size_while_they_are_deployed() -> None:
    body = {"name": "web", "desired_count": 2, "deployment_maximum_percent": 150}
    it = resource("aws_ecs_service.web", {**body, "network_configuration": [{"subnets": ["subnet-0", "subnet-1"]}]})
    target = resource("aws_appautoscaling_target.web", {"resource_id": "service/main/web", "max_capacity": 20})
    table = resource("aws_appautoscaling_target.table", {"resource_id": "table/main/web", "max_capacity": 90})
    open_one = resource("aws_appautoscaling_target.open", {"resource_id": UNKNOWN, "max_capacity": 90})
    assert taken(2, it, table, open_one) == [("aws_ecs_service", 2)]
    assert taken(2, it, target) == [("aws_ecs_service", 15)]


def test_what_is_not_known_takes_nothing_and_is_told() -> None:
    network = resource("aws_vpc.it", {"cidr_block": "10.0.0.0/16"})
    subnet = resource("aws_subnet.s0", {"id": "subnet-0", "vpc_id": {"$ref": "aws_vpc.it#id"}})
    fleets = [
        resource(f"aws_autoscaling_group.{n}", {"max_size": size, "vpc_zone_identifier": ["subnet-0"]})
        for n, size in (("a", UNKNOWN), ("b", 3))
    ]
    found = demands(subnet, graph(network, subnet, *fleets))
    assert [demand.total for demand in found.known] == [3]
    assert found.doubt is not None


def nodes(**more: Any) -> tuple[Resource, Resource]:
    cluster = resource("aws_eks_cluster.main", {"name": "main", "vpc_config": [{"subnet_ids": []}], **more})
    body = {"cluster_name": "main", "subnet_ids": ["subnet-0"], "instance_types": ["m5.large"], "scaling_config": [{"max_size": 3}]}
    return cluster, resource("aws_eks_node_group.it", body)


@pytest.mark.parametrize(
    ("cluster", "addon", "total"),
    [
        ({}, None, 60),
        ({}, {"addon_name": "vpc-cni"}, 60),
        ({}, {"addon_name": "coredns", "configuration_values": "{}"}, 60),
        ({}, {"addon_name": "vpc-cni", "configuration_values": '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}'}, 3),
        ({}, {"addon_name": "vpc-cni", "configuration_values": UNKNOWN}, 3),
        ({"kubernetes_network_config": [{"ip_family": "ipv6"}]}, None, 3),
    ],
)
def test_nodes_of_eks_hold_addresses_for_their_pods(cluster: dict[str, Any], addon: dict[str, Any] | None, total: int) -> None:
    more = [resource("aws_eks_addon.it", addon)] if addon else []
    found = dict(taken(1, *nodes(**cluster), *more))
    assert found["aws_eks_node_group"] == total


def test_an_application_load_balancer_needs_eight_addresses() -> None:
    balancers = [resource(f"aws_lb.{kind}", {"load_balancer_type": kind, "subnets": ["subnet-0"]}) for kind in ("application", "network")]
    assert taken(1, *balancers) == [("aws_lb", 8), ("aws_lb", 1)]


# -- zones


def subnet_in(name: str, zone: Any) -> Resource:
    return resource(f"aws_subnet.{name}", {"id": f"subnet-{name}", "availability_zone": zone})


def test_zones_that_are_read_from_the_cloud() -> None:
    first = subnet_in("a", {"$ref": "data.aws_availability_zones.all#names[0]"})
    second = subnet_in("b", {"$ref": "data.aws_availability_zones.all#names[1]"})
    whole = subnet_in("c", {"$ref": "data.aws_availability_zones.all#names"})
    written = subnet_in("d", "eu-west-1a")
    names = resource("aws_lb.it", {"good": ["subnet-a", "subnet-b"], "mixed": ["subnet-a", "subnet-d"]})
    everything = graph(first, second, whole, written, names)
    assert zone_of(first) != zone_of(second)
    with pytest.raises(Undecided):
        zone_of(whole)
    found = zones(names.each("good"), everything)
    assert len(found) == 2
    with pytest.raises(Undecided):
        zones(names.each("mixed"), everything)
    assert beyond(found, frozenset({zone_of(first)}), names.body) == {zone_of(second)}
    with pytest.raises(Undecided):
        beyond(found, frozenset({"eu-west-1a"}), names.body)
