"""Drift: pairs, comparisons, classes, and the real estates."""

from __future__ import annotations

import copy
import json
import os
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from auditor.drift import Drift, detect
from auditor.drift.kinds import Shape
from auditor.drift.policy import canonical_policy
from auditor.drift.sameness import agree
from auditor.drift.words import WORDS
from auditor.live import aws
from auditor.live.collect import collect
from auditor.live.replies import Replies
from auditor.loaders import Settings, terraform, terraform_plan, terraform_state
from auditor.loaders.files import Files
from auditor.loaders.terraform_plan.refreshed import refreshed
from auditor.loaders.terraform_schema import resource_schema
from auditor.model.address import Address
from auditor.model.finding import Finding
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.rule import Severity
from auditor.model.running import Reading, Running
from auditor.model.value import Marks, Unknown, Value, from_plain

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ESTATES = SHARED / "aws_real"
FIXTURES = SHARED / "drift_fixtures"
READINGS = aws.readings()
REGION = "eu-west-1"


def resource(address: str, facet: Facet, body: Mapping[str, Any], *, root: str = ".", **more: Any) -> Resource:
    found = Address.parse(address)
    kind = address.split(":")[1] if found.scheme == "aws" else found.name.split(".")[0]
    text = json.dumps({name: None if isinstance(value, Value) else value for name, value in body.items()}, indent=1)
    document = JsonFile(f"{facet.value}.json", text)
    value = from_plain(json.loads(text), document.place)
    assert isinstance(value.data, dict)
    table = dict(value.data.items()) | {name: item for name, item in body.items() if isinstance(item, Value)}
    node = Node(Value(table, value.place))
    return Resource(found, kind, facet, node, node.span, root, body.get("id"), **more)


def code(address: str, /, **body: Any) -> Resource:
    return resource(address, Facet.WRITTEN, body)


def state(address: str, /, **body: Any) -> Resource:
    return resource(address, Facet.RECORDED, body)


def cloud(kind: str, /, **body: Any) -> Resource:
    return resource(f"aws:{kind}:{body['id']}", Facet.RUNNING, body)


def running(*resources: Resource, complete: Iterable[str] | None = None, **more: Any) -> Running:
    kinds = READINGS if complete is None else complete
    return Running(resources, READINGS, frozenset((kind, REGION) for kind in kinds), account="123456789012", **more)


def drift(written: Iterable[Resource], recorded: Iterable[Resource], live: Running, **more: Any) -> Drift:
    return detect(written, [], recorded, live, READINGS, resource_schema, **more)


def told(found: Iterable[Finding]) -> list[tuple[str, str, str | None]]:
    return [(f.drift.classification, f.resource, f.drift.path) for f in found if f.drift is not None]


LB = {"id": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1", "name": "web"}


# -- what is the same


@pytest.mark.parametrize(
    ("word", "one", "two"),
    [
        ("", None, ""),
        ("", [], None),
        ("", {}, None),
        ("", 60, "60"),
        ("", 1.0, 1),
        ("", True, "true"),
        ("", '{"a": [1, 2], "b": 3}', '{"b":3,"a":[1,2]}'),
        ("", [{"bucket": "", "enabled": False, "prefix": ""}], []),
        ("", {"a": Unknown("?")}, {"a": 5}),
        ("", {"a": 1, "more": 2}, {"a": 1}),
        ("cidr", "10.0.0.1/8", "10.0.0.0/8"),
        ("cidr", "2001:DB8:0::/32", "2001:db8::/32"),
        ("protocol", "6", "tcp"),
        ("protocol", "all", "-1"),
        ("last", "123456789012/sg-1", "sg-1"),
        ("default-list", ["Default"], None),
        ("json", '{"a": 1}', '{ "a":1 }'),
        ("set", ["a", "b"], ["b", "a"]),
        ("never", 1, 2),
    ],
)
def test_same(word: str, one: Any, two: Any) -> None:
    assert agree(one, two, Shape(), word)
    assert agree(two, one, Shape(), word)


@pytest.mark.parametrize(
    ("word", "one", "two"),
    [
        ("", True, False),
        ("", False, True),
        ("", 0, 1),
        ("", ["a", "b"], ["b", "a"]),
        ("", ["a"], ["a", "b"]),
        ("", [{"enabled": True}], []),
        ("", '{"a": [1, 2]}', '{"a": [2, 1]}'),
        ("", "1", "01x"),
        ("", {"a": {"b": 1}}, {"a": {"b": 2}}),
        ("cidr", "10.0.0.0/8", "10.0.0.0/9"),
        ("protocol", "tcp", "udp"),
        ("default-list", ["OldestInstance"], None),
        ("set", ["a", "a"], ["a", "b"]),
    ],
)
def test_different(word: str, one: Any, two: Any) -> None:
    assert not agree(one, two, Shape(), word)
    assert not agree(two, one, Shape(), word)


def test_maps_compare_every_key_and_objects_the_shared_ones() -> None:
    assert not agree({"a": "1"}, {"a": "1", "b": "2"}, Shape("map", "string"))
    assert not agree({"a": "1", "b": ""}, {}, Shape("map", "string"))
    assert agree({"a": "1"}, {"a": "1", "b": "2"}, Shape("object", {"a": "string"}))


def statement(**more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"} | more


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"Statement": statement()}, {"Statement": [statement()]}),
        ({"Statement": [statement(Action=["b", "a"])]}, {"Statement": [statement(Action=["a", "b"])]}),
        ({"Statement": [statement(), statement(Sid="x")]}, {"Statement": [statement(Sid="x"), statement()]}),
        (
            {"Statement": [statement(Principal={"AWS": "123456789012"})]},
            {"Statement": [statement(Principal={"AWS": ["arn:aws:iam::123456789012:root"]})]},
        ),
        ({"Statement": [statement(Condition={"Bool": {"x": True}})]}, {"Statement": [statement(Condition={"Bool": {"x": ["true"]}})]}),
        ({"Statement": [statement(Effect="allow")]}, {"Statement": [statement()]}),
    ],
)
def test_policies_with_the_same_meaning(one: Any, two: Any) -> None:
    assert canonical_policy(one) == canonical_policy(two)
    assert agree(json.dumps(one), json.dumps(two), Shape(), "policy")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"Statement": [statement(Principal="*")]}, {"Statement": [statement(Principal={"AWS": "*"})]}),
        ({"Statement": [statement(Sid="x")]}, {"Statement": [statement()]}),
        ({"Statement": [statement(), statement(Effect="Deny")]}, {"Statement": [statement()]}),
        ({"Version": "2008-10-17", "Statement": [statement()]}, {"Version": "2012-10-17", "Statement": [statement()]}),
    ],
)
def test_policies_with_another_meaning(one: Any, two: Any) -> None:
    assert not agree(json.dumps(one), json.dumps(two), Shape(), "policy")


@pytest.mark.parametrize("word", sorted(WORDS))
@pytest.mark.parametrize(
    "junk", [None, 7, "x", [], {}, [None], [7], [{}], {"Statement": 7}, {"Statement": [None]}, {"Statement": {"Principal": 7}}]
)
def test_junk_compares_without_a_crash(word: str, junk: Any) -> None:
    assert agree(junk, junk, Shape(), word)


# -- attributes


def test_a_changed_attribute() -> None:
    live = running(cloud("aws_lb", **LB, idle_timeout=300))
    found = drift([code("aws_lb.main", idle_timeout=60)], [state("aws_lb.main", **LB, idle_timeout=60)], live)
    (finding,) = found.findings
    assert told([finding]) == [("changed", "aws_lb.main", "idle_timeout")]
    assert finding.rule == "drift-changed"
    assert finding.severity is Severity.HIGH
    assert finding.span.file == "written.json"
    assert [span.file for span in finding.related] == ["recorded.json", "running.json"]
    assert finding.drift is not None
    assert finding.drift.values == {"written": 60, "recorded": 60, "running": 300}
    assert finding.facets == (Facet.WRITTEN, Facet.RECORDED, Facet.RUNNING)
    assert found.compared == 1


@pytest.mark.parametrize(
    ("written", "recorded", "live", "classification"),
    [
        (60, 60, 60, None),
        (60, 60, 300, "changed"),
        (120, 60, 300, "conflict"),
        (300, 60, 300, "reconciled"),
        (120, 60, 60, "undeployed"),
        (None, 60, 300, "shadow"),
        (Value(Unknown("?")), 60, 300, "changed"),
        (Value(Unknown("?")), 60, 60, None),
    ],
)
def test_classes_of_three_facets(written: Any, recorded: int, live: int, classification: str | None) -> None:
    wanted = code("aws_lb.main", **({} if written is None else {"idle_timeout": written}))
    found = drift([wanted], [state("aws_lb.main", **LB, idle_timeout=recorded)], running(cloud("aws_lb", **LB, idle_timeout=live)))
    assert [f.drift.classification for f in found.findings if f.drift] == ([] if classification is None else [classification])


def test_a_conflict_is_worse_than_a_change() -> None:
    found = drift(
        [code("aws_lb.main", idle_timeout=9)], [state("aws_lb.main", **LB, idle_timeout=60)], running(cloud("aws_lb", **LB, idle_timeout=1))
    )
    assert [f.severity for f in found.findings] == [Severity.CRITICAL]


def test_without_code_everything_that_moved_has_changed() -> None:
    found = drift([], [state("aws_lb.main", **LB, idle_timeout=60)], running(cloud("aws_lb", **LB, idle_timeout=300)))
    assert told(found.findings) == [("changed", "aws_lb.main", "idle_timeout")]


def test_what_only_the_provider_writes_is_bookkeeping() -> None:
    found = drift([code("aws_lb.main")], [state("aws_lb.main", **LB, dns_name="a")], running(cloud("aws_lb", **LB, dns_name="b")))
    assert found.findings == ()


def test_what_is_not_read_is_not_compared() -> None:
    live = cloud("aws_lb", **LB, idle_timeout=Value(Unknown("refused")))
    found = drift([code("aws_lb.main", idle_timeout=60)], [state("aws_lb.main", **LB, idle_timeout=60, enable_http2=True)], running(live))
    assert found.findings == ()


@pytest.mark.parametrize("ignored", ["desired_capacity", "all"])
def test_what_the_code_leaves_to_others_is_suppressed(ignored: str) -> None:
    written = resource("aws_autoscaling_group.a", Facet.WRITTEN, {"name": "a", "desired_capacity": 1}, ignored=(ignored,))
    recorded = state("aws_autoscaling_group.a", id="a", name="a", desired_capacity=1)
    found = drift([written], [recorded], running(cloud("aws_autoscaling_group", id="a", name="a", desired_capacity=4)))
    assert found.findings == ()
    assert told(found.suppressed) == [("ignored", "aws_autoscaling_group.a", "desired_capacity")]
    assert found.suppressed[0].suppression is not None


def test_tags_are_compared_with_the_default_ones_and_matter_less() -> None:
    recorded = state("aws_vpc.a", id="vpc-1", tags={"Name": "a"}, tags_all={"Name": "a", "Team": "web"})
    live = cloud("aws_vpc", id="vpc-1", tags={"Name": "a", "Team": "ops"}, tags_all={"Name": "a", "Team": "ops"})
    found = drift([code("aws_vpc.a", tags={"Name": "a"}, tags_all={"Name": "a", "Team": "web"})], [recorded], running(live))
    assert told(found.findings) == [("changed", "aws_vpc.a", 'tags_all["Team"]')]
    assert found.findings[0].severity is Severity.LOW
    assert found.findings[0].drift is not None
    assert found.findings[0].drift.values == {"written": "web", "recorded": "web", "running": "ops"}


@pytest.mark.parametrize("ignored", ['tags["Team"]', "tags"])
def test_tags_that_the_code_leaves_to_others(ignored: str) -> None:
    written = resource("aws_vpc.a", Facet.WRITTEN, {"tags_all": {"Team": "web"}}, ignored=(ignored,))
    live = cloud("aws_vpc", id="vpc-1", tags_all={"Team": "ops"})
    found = drift([written], [state("aws_vpc.a", id="vpc-1", tags_all={"Team": "web"})], running(live))
    assert (found.findings, told(found.suppressed)) == ((), [("ignored", "aws_vpc.a", 'tags_all["Team"]')])


def test_the_path_is_as_deep_as_one_place_differs() -> None:
    def check(**values: Any) -> list[dict[str, Any]]:
        return [{"path": "/a", "interval": 15, "timeout": 5} | values]

    def found(**values: Any) -> str | None:
        recorded = state("aws_lb_target_group.a", id="tg", health_check=check())
        live = cloud("aws_lb_target_group", id="tg", health_check=check(**values))
        (finding,) = drift([code("aws_lb_target_group.a", health_check=check())], [recorded], running(live)).findings
        return finding.drift.path if finding.drift else None

    assert found(path="/") == "health_check[0].path"
    assert found(path="/", interval=30) == "health_check[0]"


def test_attributes_that_change_as_one_are_one_finding() -> None:
    base = {"id": "r", "route_table_id": "rtb-1", "destination_cidr_block": "0.0.0.0/0"}
    recorded = state("aws_route.a", **base, gateway_id="", nat_gateway_id="nat-1")
    live = cloud("aws_route", **base, gateway_id="igw-1", nat_gateway_id="")
    found = drift([code("aws_route.a", nat_gateway_id="nat-1")], [recorded], running(live))
    assert told(found.findings) == [("changed", "aws_route.a", "gateway_id")]
    assert "with it nat_gateway_id" in found.findings[0].message


def test_secrets_are_never_shown() -> None:
    def secret(text: str) -> Value:
        return Value(text, marks=Marks(sensitive=True))

    reading = {"aws_db_instance": Reading("aws_db_instance", "rds.describe_db_instances")}
    live = Running((cloud("aws_db_instance", id="db", password=secret("now")),), reading, frozenset())
    found = detect([], [], [state("aws_db_instance.a", id="db", password=secret("before"))], live)
    (finding,) = found.findings
    text = repr(finding)
    assert "'now'" not in text
    assert "before" not in text
    assert "$redacted" in text


# -- things


def test_a_deleted_thing_is_missing() -> None:
    found = drift([code("aws_vpc.a")], [state("aws_vpc.a", id="vpc-1")], running())
    assert told(found.findings) == [("missing", "aws_vpc.a", None)]
    assert found.findings[0].severity is Severity.HIGH
    assert "vpc-1" in found.findings[0].message


@pytest.mark.parametrize(
    ("arn", "complete", "reason"),
    [
        ("arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1", [], "not read completely"),
        ("arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1", None, "us-east-1"),
        ("arn:aws:ec2:eu-west-1:999999999999:vpc/vpc-1", None, "999999999999"),
    ],
)
def test_outside_of_what_was_read_nothing_is_missing(arn: str, complete: list[str] | None, reason: str) -> None:
    found = drift([code("aws_vpc.a")], [state("aws_vpc.a", id="vpc-1", arn=arn)], running(complete=complete))
    assert found.findings == ()
    assert [(skip.path, reason in skip.reason) for skip in found.unread] == [("aws_vpc.a", True)]


def test_things_without_an_arn_live_where_the_others_of_their_state_do() -> None:
    elsewhere = state("aws_vpc.a", id="vpc-1", arn="arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1")
    association = state("aws_route_table_association.a", id="rtbassoc-1", subnet_id="subnet-1", route_table_id="rtb-1")
    assert drift([], [elsewhere, association], running()).findings == ()


def test_what_goes_with_its_parent_is_told_there() -> None:
    rule = {"autoscaling_group_name": "shop"}
    recorded = [
        state("aws_autoscaling_group.shop", id="shop", name="shop"),
        state("aws_autoscaling_policy.cpu", id="cpu", name="cpu", **rule),
        state("aws_autoscaling_schedule.night", id="night", scheduled_action_name="night", **rule),
    ]
    found = drift([code("aws_autoscaling_group.shop")], recorded, running(), whole=False)
    assert told(found.findings) == [("missing", "aws_autoscaling_group.shop", None)]
    assert set(found.findings[0].instances) == {"aws_autoscaling_policy.cpu", "aws_autoscaling_schedule.night"}


RULE = {"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_ipv4": "10.0.0.0/8"}


def test_a_thing_that_was_made_anew_is_replaced_and_not_unmanaged() -> None:
    kind = "aws_vpc_security_group_ingress_rule"
    found = drift([code(f"{kind}.a")], [state(f"{kind}.a", id="sgr-1", **RULE)], running(cloud(kind, id="sgr-2", **RULE)))
    assert told(found.findings) == [("replaced", f"{kind}.a", None)]


def test_another_object_under_the_same_name_is_replaced() -> None:
    recorded = state("aws_route_table_association.a", id="rtbassoc-1", subnet_id="subnet-1", route_table_id="rtb-1")
    live = cloud("aws_route_table_association", id="rtbassoc-2", subnet_id="subnet-1", route_table_id="rtb-1")
    assert told(drift([], [recorded], running(live)).findings) == [("replaced", "aws_route_table_association.a", None)]


def test_what_the_code_has_alone_is_new_and_the_state_alone_an_orphan() -> None:
    written = [code("aws_vpc.a"), code("aws_vpc.b")]
    recorded = [state("aws_vpc.a", id="vpc-1"), state("aws_vpc.c", id="vpc-3")]
    live = running(cloud("aws_vpc", id="vpc-1"), cloud("aws_vpc", id="vpc-3"))
    assert told(drift(written, recorded, live).findings) == [("new", "aws_vpc.b", None), ("orphan", "aws_vpc.c", None)]
    assert told(drift(written, recorded, live, whole=False).findings) == [("new", "aws_vpc.b", None)]


def test_an_instance_that_may_not_exist_is_not_new() -> None:
    written = [code("aws_vpc.a"), resource("aws_vpc.b", Facet.WRITTEN, {}, doubt="count is unknown")]
    assert drift(written, [state("aws_vpc.a", id="vpc-1")], running(cloud("aws_vpc", id="vpc-1"))).findings == ()


def test_code_and_state_of_different_folders_find_each_other() -> None:
    written = resource("aws_lb.main", Facet.WRITTEN, {"idle_timeout": 60}, root="code")
    other = resource("aws_lb.other", Facet.WRITTEN, {}, root="elsewhere")
    recorded = resource("aws_lb.main", Facet.RECORDED, {**LB, "idle_timeout": 60}, root="states")
    found = drift([written, other], [recorded], running(cloud("aws_lb", **LB, idle_timeout=9)))
    (finding,) = found.findings
    assert (finding.root, finding.resource) == ("code", "aws_lb.main")
    live = f"aws:aws_lb:{LB['id']}"
    assert found.names == {("states", "aws_lb.main"): ("code", "aws_lb.main"), (".", live): ("code", "aws_lb.main")}


def test_types_that_nobody_reads_are_silent_and_counted() -> None:
    found = drift([code("aws_sqs_queue.q", name="b")], [state("aws_sqs_queue.q", id="q", name="a")], running())
    assert found.findings == ()
    assert [(skip.path, skip.reason) for skip in found.unread] == [("aws_sqs_queue", "no collector reads this type (1 in the state)")]


# -- what nobody manages


def test_an_unmanaged_thing() -> None:
    found = drift(
        [], [state("aws_vpc.a", id="vpc-1")], running(cloud("aws_vpc", id="vpc-1"), cloud("aws_vpc", id="vpc-2", cidr_block="10.0.0.0/16"))
    )
    (finding,) = found.findings
    assert told([finding]) == [("unmanaged", "aws:aws_vpc:vpc-2", None)]
    assert finding.span.file == "running.json"


def test_what_the_cloud_made_itself_is_not_unmanaged() -> None:
    vpc = cloud("aws_vpc", id="vpc-2")
    group = cloud("aws_security_group", id="sg-2", vpc_id="vpc-2", name="default")
    owners = {vpc.address: "AWS", group.address: "AWS"}
    assert drift([], [], running(vpc, group, cloud("aws_subnet", id="subnet-2", vpc_id="vpc-2"), owners=owners)).findings == ()


def test_what_hangs_on_an_unmanaged_thing_is_told_there() -> None:
    rule = cloud("aws_vpc_security_group_ingress_rule", id="sgr-9", **RULE | {"security_group_id": "sg-9"})
    found = drift([], [], running(cloud("aws_vpc", id="vpc-9"), cloud("aws_security_group", id="sg-9", vpc_id="vpc-9"), rule))
    assert told(found.findings) == [("unmanaged", "aws:aws_vpc:vpc-9", None)]
    assert set(found.findings[0].instances) == {"aws:aws_security_group:sg-9", "aws:aws_vpc_security_group_ingress_rule:sgr-9"}


# -- parts inside and beside


def permission(port: int, cidr: str) -> dict[str, Any]:
    empty: dict[str, Any] = {key: [] for key in ("ipv6_cidr_blocks", "prefix_list_ids", "security_groups")}
    return empty | {"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": [cidr], "description": "", "self": False}


OPEN = cloud("aws_vpc_security_group_ingress_rule", id="sgr-9", **RULE | {"cidr_ipv4": "0.0.0.0/0"})
HTTPS, SSH = permission(443, "0.0.0.0/0"), permission(22, "0.0.0.0/0")


def test_a_rule_in_a_group_that_writes_its_rules_is_a_change_of_the_group() -> None:
    live = running(cloud("aws_security_group", id="sg-1", ingress=[HTTPS, SSH], egress=[]), OPEN)
    found = drift(
        [code("aws_security_group.a", ingress=[HTTPS])], [state("aws_security_group.a", id="sg-1", ingress=[HTTPS], egress=[])], live
    )
    assert told(found.findings) == [("changed", "aws_security_group.a", "ingress")]
    assert "added tcp 22, 0.0.0.0/0" in found.findings[0].message


def test_a_direction_that_the_group_does_not_write_is_a_shadow() -> None:
    live = running(cloud("aws_security_group", id="sg-1", ingress=[HTTPS], egress=[SSH]))
    found = drift(
        [code("aws_security_group.a", ingress=[HTTPS])], [state("aws_security_group.a", id="sg-1", ingress=[HTTPS], egress=[])], live
    )
    assert told(found.findings) == [("shadow", "aws_security_group.a", "egress")]
    assert found.findings[0].severity is Severity.HIGH


def test_a_rule_in_a_group_whose_rules_stand_beside_it_is_unmanaged() -> None:
    kind = "aws_vpc_security_group_ingress_rule"
    managed = RULE | {"from_port": 443, "to_port": 443}
    live = running(cloud("aws_security_group", id="sg-1", ingress=[HTTPS, SSH], egress=[]), cloud(kind, id="sgr-1", **managed), OPEN)
    recorded = [state("aws_security_group.a", id="sg-1", ingress=[], egress=[]), state(f"{kind}.a", id="sgr-1", **managed)]
    (finding,) = drift([code("aws_security_group.a"), code(f"{kind}.a")], recorded, live).findings
    assert told([finding]) == [("unmanaged", f"aws:{kind}:sgr-9", None)]
    assert finding.severity is Severity.HIGH
    assert "on aws_security_group.a" in finding.message


def test_a_group_that_another_group_s_rules_name_keeps_its_own() -> None:
    kind = "aws_vpc_security_group_ingress_rule"
    refers = RULE | {"security_group_id": "sg-2", "cidr_ipv4": None, "referenced_security_group_id": "sg-1"}
    live = running(
        cloud("aws_security_group", id="sg-1", ingress=[HTTPS, SSH]),
        cloud("aws_security_group", id="sg-2"),
        cloud(kind, id="sgr-2", **refers),
    )
    recorded = [
        state("aws_security_group.a", id="sg-1", ingress=[HTTPS]),
        state("aws_security_group.b", id="sg-2"),
        state(f"{kind}.b", id="sgr-2", **refers),
    ]
    assert told(drift([], recorded, live).findings) == [("changed", "aws_security_group.a", "ingress")]


OLD = {"id": "sgrule-1", "type": "ingress", "protocol": "6", "from_port": 22, "to_port": 22, "security_group_id": "sg-1"}


def test_a_rule_of_several_objects() -> None:
    kind = "aws_vpc_security_group_ingress_rule"
    old = state("aws_security_group_rule.a", **OLD, cidr_blocks=["10.0.0.0/8", "192.0.2.0/24"])
    both = [cloud(kind, id=f"sgr-{n}", **RULE | {"cidr_ipv4": text}) for n, text in enumerate(["10.0.0.0/8", "192.0.2.0/24"])]
    assert drift([], [old], running(*both)).findings == ()
    assert told(drift([], [old], running(both[0])).findings) == [("changed", "aws_security_group_rule.a", "cidr_blocks")]
    assert told(drift([], [old], running()).findings) == [("missing", "aws_security_group_rule.a", None)]
    assert drift([], [old], running(complete=[])).findings == ()
    names = drift([], [old], running(*both)).names
    assert names == {(".", f"aws:{kind}:sgr-{n}"): (".", "aws_security_group_rule.a") for n in range(2)}


# -- the real thing


def estate(name: str, facet: str, folder: Path | None = None) -> Drift:
    base = ESTATES / name
    place = folder or base / "code"
    settings = Settings(var_files=("prod.tfvars",) if (place / "prod.tfvars").is_file() else ())
    loadings = [unit.load() for unit in terraform.units(Files(place), settings)]
    recorded = terraform_state.load(Files(base), "terraform.tfstate").resources
    live = base / facet / "live"
    replies = Replies("", tuple(sorted(os.listdir(live))), lambda path: (live / path).read_text())
    written = [resource for loading in loadings for resource in loading.resources]
    return detect(written, [], recorded, collect(replies, aws.specs()), READINGS, resource_schema)


real = pytest.mark.skipif(not ESTATES.is_dir(), reason="the real estates are not beside this checkout")


@real
@pytest.mark.parametrize("name", sorted(p.name for p in ESTATES.iterdir() if p.is_dir()) if ESTATES.is_dir() else [])
def test_a_fresh_apply_is_silent(name: str) -> None:
    found = estate(name, "clean")
    assert told(found.findings) == []
    assert told(found.suppressed) == []
    assert found.compared + len(found.unread) > 0


@real
@pytest.mark.parametrize("name", ["web_tier", "network_hub"])
def test_every_injected_change_is_found_and_nothing_else(name: str) -> None:
    import yaml

    truth = yaml.safe_load((ESTATES / name / "truth.yaml").read_text())
    found = estate(name, "drifted")
    wanted = [m for m in truth["mutations"] if m["kind"] not in ("ignored", "equivalent")]
    same = {"tags": {"changed"}, "shadow": {"shadow", "changed"}, "replaced": {"replaced"}}
    used: set[int] = set()
    for mutation in wanted:
        hits = {
            index
            for index, finding in enumerate(found.findings)
            if _matches(finding, mutation, same.get(mutation["kind"], {mutation["kind"]}))
        }
        assert hits, mutation
        used |= hits
    assert [finding.message for index, finding in enumerate(found.findings) if index not in used] == []
    ignored = [m for m in truth["mutations"] if m["kind"] == "ignored"]
    assert [(f.resource, f.attribute) for f in found.suppressed] == [(m["address"], m["attribute"]) for m in ignored]


def _matches(finding: Finding, mutation: Mapping[str, Any], kinds: set[str]) -> bool:
    assert finding.drift is not None
    if finding.drift.classification not in kinds:
        return False
    if mutation["kind"] == "unmanaged":
        text = finding.message + json.dumps(finding.drift.values)
        return all(word in text for word in str(mutation["live_id"]).split())
    top = str(finding.drift.path or "").split("[")[0].split(".")[0].replace("tags_all", "tags")
    wanted = str(mutation.get("attribute") or "").split("[")[0].split(".")[0].replace("tags_all", "tags")
    return finding.resource == mutation["address"] and top == wanted


@real
def test_code_that_is_ahead_of_the_drift(tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "code"
    shutil.copytree(ESTATES / "web_tier" / "code", folder)
    for file, old, new in [("prod.tfvars", "max = 6", "max = 12"), ("main.tf", "idle_timeout               = 60", "idle_timeout = 120")]:
        text = (folder / file).read_text()
        (folder / file).chmod(0o644)
        assert old in text
        (folder / file).write_text(text.replace(old, new))
    clean = {(c, r, p) for c, r, p in told(estate("web_tier", "clean", folder).findings)}
    group = 'module.service["shop"].aws_autoscaling_group.this'
    schedule = ("undeployed", 'module.service["shop"].aws_autoscaling_schedule.night', "max_size")
    assert clean == {("undeployed", "aws_lb.main", "idle_timeout"), ("undeployed", group, "max_size"), schedule}
    drifted = {(c, r, p) for c, r, p in told(estate("web_tier", "drifted", folder).findings) if c in ("conflict", "undeployed")}
    assert drifted == {("conflict", "aws_lb.main", "idle_timeout"), ("conflict", group, "max_size"), schedule}


EXACT: dict[str, list[tuple[str, str, str | None]]] = {
    "00_clean": [],
    "01_changed_sg": [("changed", "aws_security_group.web", "ingress")],
    "02_noise_only": [("shadow", "aws_autoscaling_group.workers", "desired_capacity")],
    "03_policy_reordered": [],
    "04_missing": [("missing", 'aws_s3_bucket.logs["b"]', None)],
    "05_undeployed_code": [("undeployed", "aws_instance.app", "instance_type")],
    "06_three_way": [("conflict", "aws_instance.app", "instance_type")],
    "07_code_already_matches_live": [("shadow", "aws_instance.app", "instance_type")],
    "08_renamed_without_moved": [("orphan", "aws_db_instance.main", None), ("new", "aws_db_instance.primary", None)],
    "09_moved": [],
    "10_unmanaged": [],
    "11_undeclared_attr": [("shadow", "aws_db_instance.main", "publicly_accessible")],
    "12_access_denied": [],
}


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the plans are not beside this checkout")
@pytest.mark.parametrize("name", sorted(EXACT))
def test_a_plan_alone_tells_drift(name: str) -> None:
    files = Files(FIXTURES)
    path = f"{name}.plan.json"
    loading = terraform_plan.load(files, path)
    read = refreshed(files, path, READINGS)
    found = detect([], loading.resources, read.recorded, read.running, schemas=resource_schema, whole=not loading.gaps)
    assert told(found.findings) == EXACT[name]


JUNK: tuple[Any, ...] = (
    None,
    7,
    -1,
    1e308,
    "x",
    "",
    [],
    {},
    [None],
    [[]],
    {"a": 1},
    True,
    "arn:aws:x",
    "{",
    '{"Statement":7}',
    10**30,
    "\ud800",
)


def mutated(document: Any, rng: random.Random, times: int) -> Any:
    """The document with junk in place of some of its parts."""
    document = copy.deepcopy(document)
    for _ in range(times):
        here = document
        for _ in range(rng.randint(1, 9)):
            if not isinstance(here, (dict, list)) or not here:
                break
            key = rng.choice(list(here)) if isinstance(here, dict) else rng.randrange(len(here))
            if rng.random() < 0.25 or not isinstance(here[key], (dict, list)) or not here[key]:
                here[key] = copy.deepcopy(rng.choice(JUNK))
                break
            here = here[key]
    return document


@real
@pytest.mark.parametrize("seed", range(30))
def test_junk_in_any_document_is_no_crash(seed: int) -> None:
    rng = random.Random(seed)
    base = ESTATES / "network_hub"
    documents = {
        name: json.loads((base / path).read_text()) for name, path in [("a.tfstate", "terraform.tfstate"), ("p.json", "drifted/plan.json")]
    }
    files = Files.of({name: json.dumps(mutated(document, rng, rng.randint(1, 12))) for name, document in documents.items()})
    live = {
        p.name: json.dumps(mutated(json.loads(p.read_text()), rng, rng.randint(0, 4)))
        for p in sorted((base / "drifted" / "live").iterdir())
    }
    recorded = [found for unit in terraform_state.units(files, Settings()) for found in unit.load().resources]
    planned = [found for unit in terraform_plan.units(files, Settings()) for found in unit.load().resources]
    shown = collect(Replies("", tuple(live), live.get), aws.specs())
    for found in (*recorded, *planned, *shown.resources):
        assert isinstance(found.body.plain(), dict)
    assert isinstance(detect([], planned, recorded, shown, READINGS, resource_schema), Drift)
    read = refreshed(files, "p.json", READINGS)
    assert isinstance(detect([], planned, read.recorded, read.running, schemas=resource_schema), Drift)
