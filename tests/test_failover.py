"""Route 53: a truth table of what clients are answered when something has failed."""

from __future__ import annotations

import pytest

from auditor.model.node import Undecided
from auditor.views.failover import Choice, Group, Policy, choice_of, destination, group_of, notices, recovery_time
from tests.aws_made import graph_of, one, outcome
from tests.made import resource

A, B, C = (resource(f"aws_route53_record.{name}", {}) for name in "abc")
F, W, L, M, S = Policy.FAILOVER, Policy.WEIGHTED, Policy.LATENCY, Policy.MULTIVALUE, Policy.SIMPLE


def _group(policy: Policy, *rows: tuple[bool, int]) -> Group:
    """Rows of (notices, weight); with failover the first is the primary."""
    return Group(
        "n",
        tuple(
            Choice(it, policy, seen, primary=not index, weight=weight)
            for index, (it, (seen, weight)) in enumerate(zip((A, B, C), rows, strict=False))
        ),
    )


@pytest.mark.parametrize(
    ("group", "failed", "answered"),
    [
        # failover: (primary notices, secondary notices)
        (_group(F, (True, 0), (True, 0)), "", "a"),
        (_group(F, (True, 0), (True, 0)), "a", "b"),
        (_group(F, (True, 0), (True, 0)), "b", "a"),
        (_group(F, (True, 0), (True, 0)), "ab", "a"),
        (_group(F, (True, 0), (False, 0)), "a", "b"),
        (_group(F, (True, 0), (False, 0)), "ab", "b"),  # the secondary always looks healthy
        (_group(F, (False, 0), (True, 0)), "a", "a"),
        (_group(F, (False, 0), (True, 0)), "ab", "a"),
        (_group(F, (False, 0), (False, 0)), "a", "a"),
        (_group(F, (True, 0)), "a", "a"),  # no secondary
        # weighted
        (_group(W, (True, 90), (True, 10)), "", "ab"),
        (_group(W, (True, 90), (True, 10)), "a", "b"),
        (_group(W, (True, 90), (True, 10)), "ab", "ab"),  # all unhealthy: as if all were healthy
        (_group(W, (False, 90), (True, 10)), "a", "ab"),
        (_group(W, (True, 100), (True, 0)), "", "a"),
        (_group(W, (True, 100), (True, 0)), "a", "b"),  # weight 0 is the last resort
        (_group(W, (True, 100), (False, 0)), "a", "b"),
        (_group(W, (False, 100), (True, 0)), "a", "a"),
        (_group(W, (True, 100), (True, 0)), "ab", "a"),  # all unhealthy: those with a weight
        (_group(W, (True, 0), (True, 0)), "", "ab"),  # nothing but zeros: all alike
        (_group(W, (True, 0), (True, 0)), "a", "b"),
        (_group(W, (True, 50), (True, 50), (True, 0)), "a", "b"),
        (_group(W, (True, 50), (True, 50), (True, 0)), "ab", "c"),
        (_group(W, (True, 50), (True, 50), (True, 0)), "abc", "ab"),
        # latency and several values
        (_group(L, (True, 0), (True, 0)), "", "ab"),
        (_group(L, (True, 0), (True, 0)), "a", "b"),
        (_group(L, (True, 0), (True, 0)), "ab", "ab"),
        (_group(L, (True, 0), (False, 0)), "b", "ab"),
        (_group(M, (True, 0), (True, 0), (False, 0)), "ac", "bc"),
        (_group(M, (True, 0), (True, 0), (True, 0)), "abc", "abc"),
        # simple: nothing is ever left out
        (_group(S, (True, 0)), "a", "a"),
    ],
)
def test_truth_table(group: Group, failed: str, answered: str) -> None:
    down = [it for it, name in zip((A, B, C), "abc", strict=True) if name in failed]
    assert "".join(it.address.text[-1] for it in group.answered(down)) == answered


def _record(name: str, more: str, *, ttl: int = 60, host: str = "www.example.com", zone: str = '"Z1"') -> str:
    target = "" if "alias {" in more else f'ttl = {ttl}\n records = ["203.0.113.1{name[-1]}"]'
    return f'resource "aws_route53_record" "{name}" {{\n zone_id = {zone}\n name = "{host}"\n type = "A"\n set_identifier = "{name}"\n {target}\n {more}\n}}\n'


CHECK = 'resource "aws_route53_health_check" "c" {\n fqdn = "www.example.com"\n type = "HTTPS"\n %s\n}\n'
BY_CHECK = "health_check_id = aws_route53_health_check.c.id"
ALIAS = 'alias {\n name = %s\n zone_id = "Z2"\n evaluate_target_health = %s\n }'


@pytest.mark.parametrize(
    ("more", "check", "seen"),
    [
        ("", "", False),
        (BY_CHECK, "", True),
        (BY_CHECK, "disabled = true", False),
        (BY_CHECK, "disabled = true\n invert_healthcheck = true", True),
        ('health_check_id = "12345678-1234-1234-1234-123456789012"', "", True),
        ('health_check_id = ""', "", False),
        (ALIAS % ("aws_lb.b.dns_name", "true"), "", True),
        (ALIAS % ("aws_lb.b.dns_name", "false"), "", False),
        (ALIAS % ("aws_cloudfront_distribution.d.domain_name", "true"), "", False),
        (ALIAS % ('"d111111abcdef8.cloudfront.net"', "true"), "", False),
        (ALIAS % ("aws_route53_record.inner1.name", "true"), "", True),
        (ALIAS % ("aws_route53_record.blind1.name", "true"), "", False),
    ],
)
def test_who_notices(more: str, check: str, seen: bool) -> None:
    inner = _record("inner1", BY_CHECK, host="inner.example.com") + _record("blind1", "", host="blind.example.com")
    others = 'resource "aws_lb" "b" {}\nresource "aws_cloudfront_distribution" "d" {}\n'
    graph = graph_of(_record("r1", more), CHECK % check, inner, others)
    assert notices(one(graph, "aws_route53_record.r1"), graph) is seen


def test_groups_by_zone_name_and_type() -> None:
    weight = "weighted_routing_policy {\n weight = %d\n }"
    graph = graph_of(
        _record("a1", weight % 10),
        _record("b2", weight % 0, host="WWW.example.com."),
        _record("c3", weight % 5, zone='"Z9"'),
        _record("d4", weight % 5, host="api.example.com"),
    )
    group = group_of(one(graph, "aws_route53_record.a1"), graph)
    assert group is not None
    assert [(it.resource.address.text, it.weight) for it in group.choices] == [("aws_route53_record.a1", 10), ("aws_route53_record.b2", 0)]
    assert group.policy is Policy.WEIGHTED


def test_a_record_that_may_be_of_the_group_leaves_it_open() -> None:
    text = 'resource "aws_route53_record" "x" {\n zone_id = var.z\n name = "www.example.com"\n type = "A"\n}\nvariable "z" {}'
    graph = graph_of(_record("a1", ""), text)
    with pytest.raises(Undecided):
        group_of(one(graph, "aws_route53_record.a1"), graph)
    assert group_of(one(graph, "aws_route53_record.x"), graph) is None


@pytest.mark.parametrize(
    ("more", "policy"),
    [
        ("", S),
        ('failover_routing_policy {\n type = "PRIMARY"\n }', F),
        ('latency_routing_policy {\n region = "eu-central-1"\n }', L),
        ("multivalue_answer_routing_policy = true", M),
        ("multivalue_answer_routing_policy = false", S),
        ('geolocation_routing_policy {\n country = "DE"\n }', Policy.GEOLOCATION),
    ],
)
def test_policies(more: str, policy: Policy) -> None:
    graph = graph_of(_record("a1", more))
    assert choice_of(one(graph, "aws_route53_record.a1"), graph).policy is policy


@pytest.mark.parametrize(
    ("check", "ttl", "seconds"),
    [("", 300, 390), ("", 60, 150), ("request_interval = 10\n failure_threshold = 3", 60, 90), ("failure_threshold = 1", 30, 60)],
)
def test_recovery(check: str, ttl: int, seconds: int) -> None:
    graph = graph_of(_record("a1", BY_CHECK, ttl=ttl), CHECK % check)
    found = recovery_time(one(graph, "aws_route53_record.a1"), graph)
    assert found is not None
    assert found[0] == seconds


@pytest.mark.parametrize(("ttl", "expected"), [(90, "pass"), (91, "fail")])
def test_the_objective(ttl: int, expected: str) -> None:
    graph = graph_of(_record("a1", BY_CHECK, ttl=ttl), CHECK % "")
    assert outcome("aws/route53/failover_slower_than_objective", graph) == expected  # 90 s for the check, 180 s in all
    assert outcome("aws/route53/failover_slower_than_objective", graph, seconds=181 if expected == "fail" else 179) != expected


@pytest.mark.parametrize(("ttl", "expected"), [(60, "pass"), (61, "fail")])
def test_time_to_live(ttl: int, expected: str) -> None:
    assert outcome("aws/route53/ttl_outlives_failover", graph_of(_record("a1", BY_CHECK, ttl=ttl), CHECK % "")) == expected


PRIMARY = 'failover_routing_policy {\n type = "PRIMARY"\n }'
SECONDARY = PRIMARY.replace("PRIMARY", "SECONDARY")


def test_destinations() -> None:
    graph = graph_of(
        _record("a1", ""),
        _record("b1", ALIAS % ("aws_lb.b.dns_name", "true")),
        _record("c1", "records = [var.x]"),
        'variable "x" {}',
        'resource "aws_lb" "b" {}',
    )
    assert destination(one(graph, "aws_route53_record.a1")) == frozenset({"203.0.113.11"})
    assert destination(one(graph, "aws_route53_record.b1")) == frozenset({"aws_lb.b.dns_name"})


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (ALIAS % ("aws_lb.b.dns_name", "true"), ALIAS % ("aws_lb.b.dns_name", "false"), "fail"),
        (ALIAS % ("aws_lb.b.dns_name", "true"), ALIAS % ("aws_lb.c.dns_name", "false"), "pass"),
        (ALIAS % ("aws_lb.b.dns_name", "true"), ALIAS % ("var.x", "false"), "pass"),
    ],
)
def test_the_same_target_twice(first: str, second: str, expected: str) -> None:
    graph = graph_of(
        _record("a1", f"{first}\n{PRIMARY}"),
        _record("b2", f"{second}\n{SECONDARY}"),
        'variable "x" {}',
        'resource "aws_lb" "b" {}\nresource "aws_lb" "c" {}',
    )
    assert outcome("aws/route53/failover_to_same_target", graph) == expected


def _weights(first: int, second: int, check: str = "") -> str:
    return (
        _record("a1", f"{check}\n weighted_routing_policy {{\n weight = {first}\n }}")
        + _record("b2", f"weighted_routing_policy {{\n weight = {second}\n }}")
        + CHECK % ""
    )


@pytest.mark.parametrize(
    ("first", "second", "check", "zero", "unwatched", "answered"),
    [
        (0, 0, "", "fail", "pass", "pass"),
        (0, 1, "", "pass", "fail", "pass"),
        (1, 0, "", "pass", "fail", "pass"),
        (1, 0, BY_CHECK, "pass", "pass", "pass"),
        (1, 1, "", "pass", "pass", "pass"),
        (1, 1, BY_CHECK, "pass", "pass", "fail"),
    ],
)
def test_weights(first: int, second: int, check: str, zero: str, unwatched: str, answered: str) -> None:
    graph = graph_of(_weights(first, second, check))
    rules = ("weights_all_zero", "weighted_traffic_unwatched", "unhealthy_record_still_answered")
    assert tuple(outcome(f"aws/route53/{rule}", graph) for rule in rules) == (zero, unwatched, answered)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('ip_address = "10.0.0.1"\n type = "TCP"\n port = 443', "fail"),
        ('ip_address = "100.64.0.1"\n type = "TCP"\n port = 443', "fail"),
        ('ip_address = "8.8.8.8"\n type = "TCP"\n port = 443', "pass"),
        ('fqdn = aws_lb.in.dns_name\n type = "HTTPS"', "fail"),
        ('fqdn = aws_lb.out.dns_name\n type = "HTTPS"', "pass"),
        ('fqdn = aws_lb.out.dns_name\n type = "HTTP"', "pass"),
        ('fqdn = aws_lb.out.dns_name\n type = "HTTP_STR_MATCH"\n search_string = "ok"', "fail"),
        ('fqdn = aws_lb.out.dns_name\n type = "HTTPS"\n port = 8443', "fail"),
        ('fqdn = aws_lb.out.dns_name\n type = "HTTPS"\n port = var.port', "unsure"),
        ('type = "CALCULATED"\n child_healthchecks = ["x"]', "pass"),
    ],
)
def test_what_a_health_check_reaches(body: str, expected: str) -> None:
    balancers = """
    resource "aws_lb" "in" { internal = true }
    resource "aws_lb" "out" { name = "out" }
    resource "aws_lb_listener" "tls" {
      load_balancer_arn = aws_lb.out.arn
      port              = 443
      protocol          = "HTTPS"
    }
    resource "aws_lb_listener" "plain" {
      load_balancer_arn = aws_lb.out.arn
      port              = 80
      protocol          = "HTTP"
      default_action {
        type = "redirect"
        redirect {
          protocol    = "HTTPS"
          status_code = "HTTP_301"
        }
      }
    }
    variable "port" {}"""
    graph = graph_of(f'resource "aws_route53_health_check" "h" {{\n {body}\n}}', balancers)
    assert outcome("aws/route53/health_check_unreachable", graph) == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ("", "fail"),
        (_record("p9", "", host="shop.example.com", zone="aws_route53_zone.in.zone_id"), "pass"),
        (_record("p9", "", host="shop", zone="aws_route53_zone.in.zone_id"), "pass"),
        (_record("p9", "", host="*.example.com", zone="aws_route53_zone.in.zone_id"), "pass"),
        (_record("p9", "", host="db.example.com", zone="aws_route53_zone.in.zone_id"), "fail"),
        (_record("p9", "", host="db.example.com", zone="var.z") + 'variable "z" {}', "unsure"),
    ],
)
def test_names_that_a_private_zone_hides(records: str, expected: str) -> None:
    zones = """
    resource "aws_route53_zone" "out" { name = "example.com" }
    resource "aws_route53_zone" "in" {
      name = "example.com."
      vpc { vpc_id = "vpc-1" }
    }"""
    graph = graph_of(zones, _record("o1", "", host="shop.example.com", zone="aws_route53_zone.out.zone_id"), records)
    assert outcome("aws/route53/private_zone_hides_names", graph) == expected


@pytest.mark.parametrize("kind", ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"])
def test_no_interval_no_recovery_time(kind: str) -> None:
    graph = graph_of(_record("a1", BY_CHECK), (CHECK % "").replace('"HTTPS"', f'"{kind}"'))
    assert recovery_time(one(graph, "aws_route53_record.a1"), graph) is None
    assert recovery_time(one(graph_of(_record("a1", "")), "aws_route53_record.a1"), graph) is None


def test_aliases_of_aliases_are_followed_and_loops_end() -> None:
    def alias(name: str, to: str) -> str:
        return _record(name, ALIAS % (f"aws_route53_record.{to}.name", "true"), host=f"{name}.example.com")

    graph = graph_of(*(alias(f"n{index}", f"n{index + 1}") for index in range(3)), _record("n3", "", host="n3.example.com"))
    assert not notices(one(graph, "aws_route53_record.n0"), graph)
    looping = graph_of(alias("n0", "n1"), alias("n1", "n0"))
    assert notices(one(looping, "aws_route53_record.n0"), looping)
