"""Exposure, the chain behind a listener, and what stands in front of a resource."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auditor.app.graph import load
from auditor.app.inputs import Request
from auditor.model.address import Address
from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.network.chain import Step, health_port, preserves_client, target_chain
from auditor.views.network.exposure import Exposure, exposure
from auditor.views.network.flow import INTERNET, Code, flow, flows, host, settle
from auditor.views.network.front import through
from auditor.views.network.interface import Interface, ends, interfaces
from auditor.views.network.kinds import KINDS
from auditor.views.network.subnet import subnet_of
from tests.conftest import Write
from tests.made import graph as made
from tests.made import resource

SHARED = Path(__file__).with_name("network_topologies") / "shared"


@pytest.fixture
def read(write: Write) -> Any:
    """The graph of a text and of shared parts of topologies."""

    def reading(text: str, *parts: str) -> Graph:
        folder = write({"main.tf": text, **{f"{part}.tf": (SHARED / f"{part}.tf").read_text("utf-8") for part in parts}})
        ((graph, loading),) = load(Request(paths=(str(folder),)))
        assert not loading.diagnostics
        return graph

    return reading


def named(graph: Graph, address: str) -> Resource:
    (found,) = graph.find(Address.parse(address))
    return found


def card(graph: Graph, address: str) -> Interface:
    (found,) = ends(graph, named(graph, address))
    return found


def exposed(graph: Graph, address: str) -> Exposure:
    return exposure(graph, card(graph, address))


WEB = """
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 90
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["198.51.100.0/24", "10.0.0.0/8"]
  }
}
resource "aws_instance" "web" {
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
}
"""


def test_exposure_by_port_protocol_and_address(read: Any) -> None:
    found = exposed(read(WEB, "vpc", "public_routes"), "aws_instance.web")
    assert found.truth is True
    assert found.ports() == ((80, 90),)
    assert found.ports("udp") == ()
    assert (found.world("tcp", 80), found.world("tcp", 22), found.world("udp", 80)) == (True, False, False)
    assert (found.some("tcp", 22), found.some("tcp", 23)) == (True, False)
    assert (found.world("tcp", 80, 4), found.world("tcp", 80, 6)) == (True, False)
    assert not found.missing
    assert not found.gaps
    rows = {(it.protocol, it.ports, it.sources, it.anywhere, it.sure) for it in found.opened}
    assert rows == {("tcp", (80, 90), "0.0.0.0/0", True, True), ("tcp", (22, 22), "198.51.100.0/24", False, True)}


def test_exposure_says_by_what(read: Any) -> None:
    graph = read(WEB, "vpc", "public_routes")
    spans = {str(node.span.file) for node in exposed(graph, "aws_instance.web").because("tcp", 80)}
    assert spans == {"main.tf", "vpc.tf", "public_routes.tf"}


def test_exposure_through_an_acl_ends_where_no_answer_comes_back(read: Any) -> None:
    acl = """
resource "aws_network_acl" "public" {
  vpc_id     = aws_vpc.main.id
  subnet_ids = [aws_subnet.public.id]
  ingress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 85
    to_port    = 443
  }
  egress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = %s
    to_port    = 65535
  }
}
"""
    assert exposed(read(WEB + acl % "60000", "vpc", "public_routes"), "aws_instance.web").ports() == ((85, 90),)
    closed = read(WEB + acl.replace("to_port    = 65535", "to_port    = 1023") % "1", "vpc", "public_routes")
    assert exposed(closed, "aws_instance.web").truth is False
    assert {it.code for it in exposed(closed, "aws_instance.web").missing} == {Code.ACL_EGRESS}


def test_why_nothing_comes_names_the_interface_that_was_asked(read: Any) -> None:
    graph = read(
        """
resource "aws_instance" "one" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
resource "aws_instance" "two" {
  subnet_id              = aws_subnet.public.id
  vpc_security_group_ids = [aws_security_group.open.id]
}
""",
        "vpc",
        "public_routes",
        "open",
    )
    for name in ("aws_instance.one", "aws_instance.two"):
        (blocker,) = exposed(graph, name).missing
        assert blocker.resource is not None
        assert (blocker.code, blocker.resource.address.text) == (Code.NO_PUBLIC_ADDRESS, name)


def test_exposure_with_gaps(read: Any) -> None:
    text = 'variable "ids" { type = list(string) }\n' + WEB.replace(
        "[aws_security_group.web.id]", "concat([aws_security_group.web.id], var.ids)"
    )
    found = exposed(read(text, "vpc", "public_routes"), "aws_instance.web")
    assert (found.world("tcp", 80), found.world("tcp", 22), found.some("tcp", 22)) == (True, None, True)
    assert found.gaps


def test_a_group_that_is_only_named_is_a_gap(read: Any) -> None:
    text = WEB.replace("[aws_security_group.web.id]", '["sg-0123456789abcdef0"]')
    found = exposed(read(text, "vpc", "public_routes"), "aws_instance.web")
    assert (found.truth, found.world("tcp", 22)) == (None, None)
    assert [gap.reason for gap in found.gaps] == ["the rules of sg-0123456789abcdef0 are not declared here"]


def test_settling_a_flow(read: Any) -> None:
    graph = read(WEB, "vpc", "public_routes")
    assert settle(flow(graph, INTERNET, card(graph, "aws_instance.web"), "tcp", 80))
    assert not settle(flow(graph, INTERNET, card(graph, "aws_instance.web"), "tcp", 22))
    less = made(*graph.of("aws_subnet", "aws_instance", "aws_security_group"))  # nobody knows the VPC any more
    with pytest.raises(Undecided):
        settle(flow(less, INTERNET, card(less, "aws_instance.web"), "tcp", 80))
    with pytest.raises(ValueError, match="no IP address"):
        host("10.0.0.0/8")


# -- interfaces


def test_one_interface_for_each_subnet(read: Any) -> None:
    graph = read(
        """
resource "aws_lambda_function" "job" {
  function_name = "job"
  role          = "arn:aws:iam::111111111111:role/job"
  vpc_config {
    subnet_ids         = [aws_subnet.public.id, aws_subnet.private.id, "subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.open.id]
  }
}
resource "aws_lambda_function" "outside" {
  function_name = "outside"
  role          = "arn:aws:iam::111111111111:role/job"
}
""",
        "vpc",
        "open",
    )
    found = ends(graph, named(graph, "aws_lambda_function.job"))
    assert {it.subnet.words if it.subnet else "" for it in found} == {"aws_subnet.public", "aws_subnet.private", ""}
    assert [gap.reason for it in found if it.subnet is None for gap in it.gaps] == ["subnet-0123456789abcdef0 is not declared here"]
    assert ends(graph, named(graph, "aws_lambda_function.outside")) == ()
    assert len(flows(graph, named(graph, "aws_lambda_function.job"), named(graph, "aws_lambda_function.job"))) == 9


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_resource_of_every_kind_that_says_nothing_is_not_known(kind: str) -> None:
    body: dict[str, Any] = {"vpc_endpoint_type": "Interface", "x": 1}
    for name in reversed(KINDS[kind].needs.split(".") if KINDS[kind].needs else []):
        body = {name: body}
    it = resource(f"{kind}.it", body)
    found = ends(made(it), it)
    assert [(one.subnet, bool(one.gaps)) for one in found] == [(None, True)]
    assert exposure(made(it), found[0]).truth in (None, False)


def test_interfaces_of_junk_do_not_crash() -> None:
    junk: tuple[Any, ...] = (7, "x", [], {}, [1, "a", None], {"$unknown": "?"}, True)
    for kind, known in KINDS.items():
        paths = {path.split(".")[0] for path in (*known.subnets, *known.groups, known.public, known.needs) if path}
        for value in junk:
            it = resource(f"{kind}.it", dict.fromkeys(sorted(paths), value))
            graph = made(
                it, resource("aws_vpc.main", {"cidr_block": value}), resource("aws_subnet.a", {"vpc_id": value, "cidr_block": value})
            )
            for one in interfaces(graph):
                exposure(graph, one)
                flow(graph, INTERNET, one, "tcp", 22)


def test_subnets_know_their_zone_table_and_acl(read: Any) -> None:
    graph = read("", "vpc", "public_routes")
    public, private = (subnet_of(graph, named(graph, f"aws_subnet.{name}")) for name in ("public", "private"))
    assert public.zone == "eu-west-1a"
    assert public.table.words == "aws_route_table.public"
    assert private.table.words == "the main route table"
    assert public.acl.words == "the default network ACL"
    assert public.vpc.same(private.vpc) is True


# -- behind a listener

CHAIN = """
resource "aws_lb" "web" {
  load_balancer_type = "%(type)s"
  subnets            = [aws_subnet.public.id]
  security_groups    = [%(balancer)s]
}
resource "aws_security_group" "balancer" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8080
    cidr_blocks = ["10.0.0.0/16"]
  }
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "%(listens)s"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}
resource "aws_lb_target_group" "app" {
  port        = 8080
  protocol    = "%(protocol)s"
  vpc_id      = aws_vpc.main.id
  target_type = "%(target)s"
  health_check {
    port = "%(health)s"
  }
}
resource "aws_lb_target_group_attachment" "app" {
  target_group_arn = aws_lb_target_group.app.arn
  target_id        = aws_instance.app.%(id)s
}
resource "aws_security_group" "app" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 8080
    to_port     = 8081
    %(admits)s
  }
}
resource "aws_instance" "app" {
  subnet_id              = aws_subnet.private.id
  vpc_security_group_ids = [aws_security_group.app.id]
}
"""
APPLICATION = {
    "type": "application",
    "listens": "HTTPS",
    "protocol": "HTTP",
    "target": "instance",
    "health": "traffic-port",
    "id": "id",
    "balancer": "aws_security_group.balancer.id",
    "admits": "security_groups = [aws_security_group.balancer.id]",
}
NETWORK = {**APPLICATION, "type": "network", "listens": "TCP", "protocol": "TCP", "balancer": ""}


def steps(read: Any, **given: str) -> tuple[Graph, Step]:
    graph = read(CHAIN % {**APPLICATION, **given}, "vpc", "public_routes")
    (step,) = target_chain(graph, named(graph, "aws_lb_listener.web"))
    return graph, step


def test_a_chain_that_works(read: Any) -> None:
    graph, step = steps(read)
    assert step.target is named(graph, "aws_instance.app")
    assert (step.port, step.health_port, step.preserves_client) == (8080, 8080, False)
    assert [it.truth for it in (*step.traffic, *step.health)] == [True, True]
    (way,) = through(graph, named(graph, "aws_instance.app"))
    assert (way.listens, way.port, way.truth) == (443, 8080, True)
    assert exposed(graph, "aws_lb.web").ports() == ((443, 443),)


def test_a_health_check_on_a_port_that_is_closed(read: Any) -> None:
    _, step = steps(read, health="8081")
    assert step.health_port == 8081
    assert [it.truth for it in step.traffic] == [True]
    (health,) = step.health
    assert [it.code for it in health.blockers] == [Code.GROUP_EGRESS]
    _, step = steps(read, health="9999")
    assert {it.code for it in step.health[0].blockers} == {Code.GROUP_EGRESS, Code.GROUP_INGRESS}


def test_a_target_that_does_not_admit_its_balancer(read: Any) -> None:
    graph, step = steps(read, admits='cidr_blocks = ["10.9.0.0/16"]')
    assert [it.code for it in step.traffic[0].blockers] == [Code.GROUP_INGRESS]
    (way,) = through(graph, named(graph, "aws_instance.app"))
    assert (way.truth, [it.code for it in way.blockers]) == (False, [Code.GROUP_INGRESS])


@pytest.mark.parametrize(
    ("given", "preserves", "truths"),
    [
        # instances behind a network load balancer see their clients: a rule for the balancer's subnet is not enough
        ({**NETWORK, "admits": 'cidr_blocks = ["10.0.0.0/16"]'}, True, [False]),
        ({**NETWORK, "admits": 'cidr_blocks = ["0.0.0.0/0"]'}, True, [True]),
        # addresses do not, unless it is UDP
        ({**NETWORK, "target": "ip", "id": "private_ip", "admits": 'cidr_blocks = ["10.0.0.0/24"]'}, False, [True]),
        # with groups of its own, a reference to them is enough
        ({**NETWORK, "balancer": "aws_security_group.balancer.id"}, True, [True]),
    ],
)
def test_addresses_of_clients(read: Any, given: dict[str, str], preserves: bool, truths: list[bool]) -> None:
    graph, step = steps(read, **given)
    assert exposed(graph, "aws_lb.web").ports() == ((443, 443),)
    assert step.preserves_client is preserves
    assert [it.truth for it in step.traffic] == truths
    assert all(it.truth for it in step.health) is (given["admits"] != "nothing")


@pytest.mark.parametrize(
    ("balancer", "group", "answer"),
    [
        ({"load_balancer_type": "application"}, {"preserve_client_ip": "true"}, False),
        ({}, {}, False),
        ({"load_balancer_type": "network"}, {"target_type": "instance", "protocol": "TCP"}, True),
        ({"load_balancer_type": "network"}, {"target_type": "ip", "protocol": "TCP"}, False),
        ({"load_balancer_type": "network"}, {"target_type": "ip", "protocol": "UDP"}, True),
        ({"load_balancer_type": "network"}, {"target_type": "ip", "protocol": "TCP", "preserve_client_ip": "true"}, True),
        ({"load_balancer_type": "network"}, {"target_type": "instance", "preserve_client_ip": False}, False),
        ({"load_balancer_type": "network"}, {"target_type": {"$unknown": "?"}}, None),
        ({"load_balancer_type": {"$unknown": "?"}}, {}, None),
    ],
)
def test_whether_targets_see_clients(balancer: dict[str, Any], group: dict[str, Any], answer: bool | None) -> None:
    assert preserves_client(resource("aws_lb.b", balancer), resource("aws_lb_target_group.g", group)) is answer


@pytest.mark.parametrize(
    ("check", "port"),
    [
        ({}, 80),
        ({"health_check": [{"port": "traffic-port"}]}, 80),
        ({"health_check": [{"port": "8081"}]}, 8081),
        ({"health_check": []}, 80),
    ],
)
def test_ports_of_health_checks(check: dict[str, Any], port: int) -> None:
    assert health_port(resource("aws_lb_target_group.g", check), 80) == (port, None)


def test_tasks_behind_a_listener_answer_on_the_port_of_their_container(read: Any) -> None:
    graph = read(
        """
resource "aws_lb" "web" {
  subnets         = [aws_subnet.public.id]
  security_groups = [aws_security_group.open.id]
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
    }
  }
}
resource "aws_lb_listener_rule" "app" {
  listener_arn = aws_lb_listener.web.arn
  priority     = 1
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
  condition {
    path_pattern {
      values = ["/*"]
    }
  }
}
resource "aws_lb_target_group" "app" {
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}
resource "aws_ecs_service" "app" {
  name = "app"
  network_configuration {
    subnets         = [aws_subnet.private.id]
    security_groups = [aws_security_group.open.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.app.arn
    container_name   = "app"
    container_port   = 3000
  }
}
resource "aws_lb_target_group" "empty" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_listener" "empty" {
  load_balancer_arn = aws_lb.web.arn
  port              = 81
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.empty.arn
  }
}
""",
        "vpc",
        "public_routes",
        "open",
    )
    (step,) = target_chain(graph, named(graph, "aws_lb_listener.web"))
    assert (step.port, step.health_port, [it.truth for it in step.traffic]) == (3000, 3000, [True])
    (empty,) = target_chain(graph, named(graph, "aws_lb_listener.empty"))
    assert (empty.target, empty.traffic) == (None, ())
    assert "nothing that is declared here registers" in empty.gaps[0].reason
