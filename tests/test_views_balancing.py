"""Views of load balancers: conditions of rules, names of certificates, idle connections, what registers targets."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.node import Undecided
from auditor.model.resource import Resource
from auditor.views.certificate import fits, names, shown
from auditor.views.ecs_service import fargate, network_mode
from auditor.views.listener_rule import includes, matches_all_of, siblings, words
from auditor.views.load_balancer import balancers_of, listeners_of
from auditor.views.registered import registered
from auditor.views.server import keep_alive
from auditor.views.zone import balancer_of, full_name
from tests.made import graph, resource

UNKNOWN = {"$unknown": "var.x has no value"}


# -- conditions of listener rules


@pytest.mark.parametrize(
    ("pattern", "text", "covers"),
    [
        ("/*", "/api/*", True),
        ("/api/*", "/*", False),
        ("/api/*", "/api/v?/x", True),
        ("/api/?", "/api/1", True),
        ("/api/?", "/api/*", False),
        ("/api/?", "/api/?", True),
        ("*", "", True),
        ("", "", True),
        ("", "*", False),
        ("*.example.com", "a.example.com", True),
        ("*.example.com", "example.com", False),
        ("a*c", "abbc", True),
        ("a*c", "a*bc", True),
        ("a*bc", "a*c", False),
        ("/API/*", "/api/x", False),
    ],
)
def test_patterns_that_fit_all_of_another(pattern: str, text: str, covers: bool) -> None:
    assert matches_all_of(pattern, text) is covers


def rule(name: str, *conditions: dict[str, Any], listener: str = "arn:a") -> Resource:
    return resource(f"aws_lb_listener_rule.{name}", {"listener_arn": listener, "priority": 1, "condition": list(conditions)})


def path(*values: Any) -> dict[str, Any]:
    return {"path_pattern": [{"values": list(values)}]}


def host(*values: Any) -> dict[str, Any]:
    return {"host_header": [{"values": list(values)}]}


@pytest.mark.parametrize(
    ("outer", "inner", "covered"),
    [
        ([path("/*")], [path("/a"), host("x.example.com")], True),
        ([path("/*"), host("x.example.com")], [path("/a")], False),
        ([path("/a/*", "/b/*")], [path("/b/1")], True),
        ([path("/a/*")], [path("/a/1", "/b/1")], False),
        ([host("*.EXAMPLE.com")], [host("a.example.COM")], True),
        ([{"source_ip": [{"values": ["10.0.0.0/8"]}]}], [{"source_ip": [{"values": ["10.1.0.0/16"]}]}], True),
        ([{"source_ip": [{"values": ["10.1.0.0/16"]}]}], [{"source_ip": [{"values": ["10.0.0.0/8"]}]}], False),
        ([{"http_request_method": [{"values": ["GET", "HEAD"]}]}], [{"http_request_method": [{"values": ["GET"]}]}], True),
        ([{"query_string": [{"value": "*"}]}], [{"query_string": [{"key": "v", "value": "1"}]}], True),
        ([{"query_string": [{"key": "v", "value": "*"}]}], [{"query_string": [{"value": "1"}]}], False),
        ([{"query_string": [{"key": "v", "value": "*"}]}], [{"query_string": [{"key": "w", "value": "1"}]}], False),
        (
            [{"http_header": [{"http_header_name": "X-A", "values": ["*"]}]}],
            [{"http_header": [{"http_header_name": "x-a", "values": ["1"]}]}],
            True,
        ),
        (
            [{"http_header": [{"http_header_name": "X-A", "values": ["*"]}]}],
            [{"http_header": [{"http_header_name": "X-B", "values": ["1"]}]}],
            False,
        ),
        ([], [path("/a")], False),
        ([path("/a")], [path("/a"), path(UNKNOWN)], True),
        ([path("/a")], [path("/b"), host(UNKNOWN)], False),
    ],
)
def test_rules_that_fit_all_requests_of_another(outer: list[Any], inner: list[Any], covered: bool) -> None:
    assert includes(rule("outer", *outer).body, rule("inner", *inner).body) is covered


def test_conditions_that_are_not_known_leave_it_open() -> None:
    with pytest.raises(Undecided):
        includes(rule("outer", path("/a/*")).body, rule("inner", path(UNKNOWN)).body)


def test_rules_of_one_listener_by_reference_and_by_text() -> None:
    one, two, other = rule("one", path("/*")), rule("two", path("/*")), rule("other", path("/*"), listener="arn:b")
    assert siblings(one, graph(one, two, other)) == (two,)
    listener = resource("aws_lb_listener.it", {"port": 443})
    here = resource("aws_lb_listener_rule.here", {"listener_arn": {"$ref": "aws_lb_listener.it#arn"}})
    also = resource("aws_lb_listener_rule.also", {"listener_arn": {"$ref": "aws_lb_listener.it#arn"}})
    assert siblings(here, graph(listener, here, also, one)) == (also,)


def test_conditions_in_words() -> None:
    assert words(rule("it", path("/b", "/a"), host("x")).body) == "path_pattern /a or /b, host_header x"
    assert words(rule("it", {"query_string": [{"key": "v", "value": "1"}]}).body) == "query_string v=1"


# -- what feeds a target group


def test_balancers_of_a_group_by_rule_and_by_default() -> None:
    balancer = resource("aws_lb.it", {"name": "it"})
    listener = resource("aws_lb_listener.it", {"load_balancer_arn": {"$ref": "aws_lb.it#arn"}, "default_action": [{"type": "redirect"}]})
    action = {"type": "forward", "forward": [{"target_group": [{"arn": {"$ref": "aws_lb_target_group.b#arn"}, "weight": 1}]}]}
    it = resource("aws_lb_listener_rule.it", {"listener_arn": {"$ref": "aws_lb_listener.it#arn"}, "action": [action]})
    loose = resource("aws_lb_listener_rule.loose", {"listener_arn": "arn:x", "action": [{"target_group_arn": "arn:c"}]})
    a, b, c = (resource(f"aws_lb_target_group.{name}", {"arn": f"arn:{name}"}) for name in "abc")
    whole = graph(balancer, listener, it, loose, a, b, c)
    assert balancers_of(b, whole) == (balancer,)
    assert balancers_of(a, whole) == ()
    assert listeners_of(b, whole) == (listener,)
    assert listeners_of(c, whole) == (loose,)


def test_what_registers_targets_and_where() -> None:
    group = resource("aws_lb_target_group.web", {"arn": "arn:web"})
    subnets = [resource(f"aws_subnet.{zone}", {"id": f"subnet-{zone}", "availability_zone": f"eu-west-1{zone}"}) for zone in "ab"]
    fleet = resource("aws_autoscaling_group.web", {"target_group_arns": ["arn:web"], "vpc_zone_identifier": ["subnet-a", "subnet-b"]})
    instance = resource("aws_instance.one", {"id": "i-0123456789abcdef0", "subnet_id": "subnet-b"})
    attachment = resource("aws_lb_target_group_attachment.one", {"target_group_arn": "arn:web", "target_id": "i-0123456789abcdef0"})
    stranger = resource("aws_lb_target_group_attachment.two", {"target_group_arn": "arn:web", "target_id": "10.0.0.7"})
    found = registered(group, graph(group, *subnets, fleet, instance, attachment, stranger))
    assert [it.resource for it in found] == [fleet, attachment, stranger]
    assert found[0].zones == {"eu-west-1a", "eu-west-1b"}
    assert found[1].zones == {"eu-west-1b"}
    with pytest.raises(Undecided):
        _ = found[2].zones


# -- ECS


@pytest.mark.parametrize(
    ("service", "task", "mode"),
    [
        ({"network_configuration": [{"subnets": ["subnet-1"]}]}, {}, "awsvpc"),
        ({}, {"network_mode": "host"}, "host"),
        ({}, {}, "bridge"),
    ],
)
def test_network_mode(service: dict[str, Any], task: dict[str, Any], mode: str) -> None:
    definition = resource("aws_ecs_task_definition.it", {"arn": "arn:task", **task})
    it = resource("aws_ecs_service.it", {"task_definition": "arn:task", **service})
    assert network_mode(it, graph(it, definition)) == mode


def test_network_mode_of_a_task_that_is_elsewhere() -> None:
    it = resource("aws_ecs_service.it", {"task_definition": "web:7"})
    with pytest.raises(Undecided):
        network_mode(it, graph(it))


@pytest.mark.parametrize(
    ("service", "task", "answer"),
    [
        ({"launch_type": "FARGATE"}, {}, True),
        ({"capacity_provider_strategy": [{"capacity_provider": "FARGATE_SPOT"}]}, {}, True),
        ({}, {"requires_compatibilities": ["FARGATE"]}, True),
        ({"launch_type": "EC2"}, {}, False),
    ],
)
def test_fargate(service: dict[str, Any], task: dict[str, Any], answer: bool) -> None:
    definition = resource("aws_ecs_task_definition.it", {"arn": "arn:task", **task})
    it = resource("aws_ecs_service.it", {"task_definition": "arn:task", **service})
    assert fargate(it, graph(it, definition)) is answer


# -- certificates and names


@pytest.mark.parametrize(
    ("name", "pattern", "good"),
    [
        ("www.example.com", "www.example.com", True),
        ("WWW.example.com.", "www.example.com", True),
        ("www.example.com", "*.example.com", True),
        ("example.com", "*.example.com", False),
        ("a.b.example.com", "*.example.com", False),
        (".example.com", "*.example.com", False),
        ("www.example.org", "*.example.com", False),
    ],
)
def test_what_a_certificate_is_for(name: str, pattern: str, good: bool) -> None:
    assert fits(name, pattern) is good


def test_names_of_certificates() -> None:
    body = {"domain_name": "Example.com", "subject_alternative_names": ["example.com", "*.example.com"]}
    assert names(resource("aws_acm_certificate.it", body)) == ("example.com", "*.example.com")
    with pytest.raises(Undecided):
        names(resource("aws_acm_certificate.imported", {"private_key": "x"}))


def test_certificates_of_a_listener() -> None:
    main, extra = (resource(f"aws_acm_certificate.{name}", {"arn": f"arn:{name}", "domain_name": name}) for name in ("main", "extra"))
    wait = resource("aws_acm_certificate_validation.main", {"certificate_arn": {"$ref": "aws_acm_certificate.main#arn"}})
    listener = resource(
        "aws_lb_listener.it", {"arn": "arn:it", "certificate_arn": {"$ref": "aws_acm_certificate_validation.main#certificate_arn"}}
    )
    more = resource("aws_lb_listener_certificate.it", {"listener_arn": "arn:it", "certificate_arn": "arn:extra"})
    assert shown(listener, graph(main, extra, wait, listener, more)) == (main, extra)
    unknown = resource("aws_lb_listener_certificate.it", {"listener_arn": UNKNOWN, "certificate_arn": "arn:extra"})
    with pytest.raises(Undecided):
        shown(listener, graph(main, extra, wait, listener, unknown))
    elsewhere = resource("aws_lb_listener.it", {"certificate_arn": "arn:nobody"})
    with pytest.raises(Undecided):
        shown(elsewhere, graph(elsewhere))


@pytest.mark.parametrize(
    ("name", "whole"),
    [("www", "www.example.com"), ("www.Example.com.", "www.example.com"), ("", "example.com"), ("example.com", "example.com")],
)
def test_whole_names_of_records(name: str, whole: str) -> None:
    zone = resource("aws_route53_zone.it", {"name": "example.com.", "zone_id": "Z1"})
    record = resource("aws_route53_record.it", {"name": name, "zone_id": {"$ref": "aws_route53_zone.it#zone_id"}})
    assert full_name(record, graph(zone, record)) == whole


def test_records_that_lead_to_load_balancers() -> None:
    balancer = resource("aws_lb.it", {"dns_name": "web-1.eu-west-1.elb.amazonaws.com"})
    alias = resource("aws_route53_record.a", {"type": "A", "alias": [{"name": "dualstack.WEB-1.eu-west-1.elb.amazonaws.com."}]})
    other = resource("aws_route53_record.b", {"type": "CNAME", "records": ["web-1.eu-west-1.elb.amazonaws.com"]})
    text = resource("aws_route53_record.c", {"type": "TXT", "records": ["web-1.eu-west-1.elb.amazonaws.com"]})
    whole = graph(balancer, alias, other, text)
    assert [balancer_of(it, whole) for it in (alias, other, text)] == [balancer, balancer, None]


# -- idle connections


def container(command: Any, **environment: Any) -> Any:
    variables = [{"name": name, "value": value} for name, value in environment.items()]
    return resource("aws_ecs_task_definition.it", {"it": {"command": command, "environment": variables}}).at("it")


@pytest.mark.parametrize(
    ("command", "environment", "seconds"),
    [
        (["uvicorn", "a:b"], {}, 5),
        (["/usr/bin/uvicorn", "a:b", "--timeout-keep-alive=75"], {}, 75),
        (["uvicorn", "a:b"], {"UVICORN_TIMEOUT_KEEP_ALIVE": "30"}, 30),
        (["sh", "-c", "exec gunicorn -k gevent --keep-alive 10 a:b"], {}, 10),
        (["gunicorn", "a:b", "--worker-class", "gthread"], {}, 2),
        (["gunicorn", "a:b", "-kgevent"], {}, 2),
        (["gunicorn", "a:b"], {"GUNICORN_CMD_ARGS": "--threads 4 --keep-alive 65"}, 65),
        (["gunicorn", "a:b"], {}, None),
        (["gunicorn", "a:b", "-k", "sync"], {}, None),
        (["gunicorn", "a:b", "-k", "gevent", "-c", "conf.py"], {}, None),
        (["hypercorn", "a:b"], {}, 5),
        (["node", "server.js"], {}, None),
        (["uvicorn", "a:b", "--timeout-keep-alive", "$KEEP"], {}, None),
        ([], {}, None),
    ],
)
def test_idle_timeouts_of_servers(command: list[str], environment: dict[str, str], seconds: float | None) -> None:
    found = keep_alive(container(command, **environment))
    assert (found.seconds if found else None) == seconds


@pytest.mark.parametrize(("more", "written"), [([], False), (["--timeout-keep-alive", "9"], True)])
def test_whether_somebody_chose_the_idle_timeout(more: list[str], written: bool) -> None:
    found = keep_alive(container(["uvicorn", "a:b", *more]))
    assert found is not None
    assert found.written is written


def test_a_command_that_is_not_known_leaves_it_open() -> None:
    with pytest.raises(Undecided):
        keep_alive(container(UNKNOWN))
