"""Plans as JSON: values, unknowns, secrets, references through modules, and the way back to the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.loaders import Loading, Settings, terraform_plan
from auditor.loaders.files import Files
from auditor.loaders.terraform_plan import relocate
from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.span import Span
from auditor.model.value import At, JsonText, Marks, Ref, Unknown, Value

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "aws_real"


class Plan:
    """A plan document that is put together piece by piece."""

    def __init__(self) -> None:
        self.planned: dict[str, list[dict[str, Any]]] = {}
        self.changes: list[dict[str, Any]] = []
        self.configuration: dict[str, Any] = {}
        self.more: dict[str, Any] = {}

    def add(self, address: str, values: dict[str, Any], unknown: dict[str, Any] | None = None, **more: Any) -> Plan:
        found = Address("tf", address)
        words = found.name.split("[")[0].split(".")
        mode, kind, name = ("data", *words[1:]) if words[0] == "data" else ("managed", *words)
        entry = {"address": address, "mode": mode, "type": kind, "name": name, "values": values} | more
        self.planned.setdefault(found.module, []).append(entry)
        self.changes.append({"address": address, "change": {"actions": ["create"], "after_unknown": unknown or {}}})
        return self

    def document(self) -> dict[str, Any]:
        children = [{"address": module, "resources": resources} for module, resources in self.planned.items() if module]
        root = {"resources": self.planned.get("", []), "child_modules": children}
        return {
            "format_version": "1.2",
            "terraform_version": "1.11.4",
            "planned_values": {"root_module": root},
            "resource_changes": self.changes,
            "configuration": {"root_module": self.configuration} if self.configuration else {},
        } | self.more

    def loading(self, name: str = "plan.json") -> Loading:
        (unit,) = terraform_plan.units(Files.of({name: json.dumps(self.document(), indent=1)}), Settings())
        return unit.load()

    def resource(self, address: str, name: str = "plan.json") -> Resource:
        return next(r for r in self.loading(name).resources if str(r.address) == address)


def refer(*words: str) -> dict[str, Any]:
    return {"references": list(words)}


def declared(address: str, expressions: dict[str, Any], **more: Any) -> dict[str, Any]:
    kind, name = address.split(".")[-2:]
    return {"address": address, "mode": "managed", "type": kind, "name": name, "expressions": expressions} | more


def refs(node: Node) -> list[str]:
    return [f"{ref.address}|{ref.attribute}" for ref in node.refs]


def test_values_places_and_facet() -> None:
    plan = Plan().add("aws_vpc.main", {"cidr_block": "10.0.0.0/16", "tags": {"a": "b"}, "enable_dns_support": True})
    found = plan.resource("aws_vpc.main", "net/plan.json")
    assert (found.facet, found.kind, found.root, found.identity) == (Facet.PLANNED, "aws_vpc", "net", None)
    assert found.at("enable_dns_support").flag is True
    lines = json.dumps(plan.document(), indent=1).splitlines()
    assert "10.0.0.0/16" in lines[found.at("cidr_block").span.line - 1]


def test_unknown_values_are_unknown_and_what_the_code_does_not_write_is_missing() -> None:
    plan = Plan().add(
        "aws_db_instance.x",
        {"engine": "mysql"},
        {"arn": True, "kms_key_id": True, "port": True, "db_name": False, "restore_to_point_in_time": []},
    )
    plan.configuration = {
        "resources": [declared("aws_db_instance.x", {"engine": {"constant_value": "mysql"}, "kms_key_id": refer("aws_kms_key.k.arn")})]
    }
    found = plan.resource("aws_db_instance.x")
    assert found.at("arn").unknown
    assert found.at("arn").present, "an ARN that the provider gives cannot be null"
    assert found.at("kms_key_id").present
    assert found.at("port").missing, "not written in the code"
    assert found.at("db_name").missing
    assert found.at("restore_to_point_in_time").missing


def test_without_a_configuration_an_unknown_may_be_null() -> None:
    found = Plan().add("aws_db_instance.x", {}, {"kms_key_id": True}).resource("aws_db_instance.x")
    assert found.at("kms_key_id").unknown
    assert isinstance(found.at("kms_key_id").data, Unknown)
    assert found.at("kms_key_id").data.nullable


def test_an_unknown_block_may_come_from_a_dynamic_block() -> None:
    plan = Plan().add("aws_security_group.x", {"name": "x"}, {"ingress": True, "description": True})
    plan.configuration = {"resources": [declared("aws_security_group.x", {"name": {"constant_value": "x"}})]}
    assert plan.resource("aws_security_group.x").at("ingress").unknown


def test_unknowns_inside_blocks_and_lists() -> None:
    values = {"launch_template": [{"version": "1"}], "vpc_zone_identifier": ["subnet-1", None]}
    unknown = {"launch_template": [{"id": True, "version": False}], "vpc_zone_identifier": [False, True]}
    found = Plan().add("aws_autoscaling_group.x", values, unknown).resource("aws_autoscaling_group.x")
    assert found.at("launch_template[0].version").text == "1"
    assert found.at("launch_template[0].id").unknown
    assert found.at("vpc_zone_identifier[0]").text == "subnet-1"
    assert found.at("vpc_zone_identifier[1]").unknown


def test_secrets_are_marked() -> None:
    found = (
        Plan()
        .add("aws_db_instance.x", {"password": "hunter2", "username": "u"}, sensitive_values={"username": True})
        .resource("aws_db_instance.x")
    )
    assert found.at("password").sensitive
    assert found.at("username").sensitive
    assert "hunter2" not in json.dumps(found.body.plain())


def test_references_within_a_module() -> None:
    plan = Plan().add("aws_instance.x", {"tags": {}}, {"subnet_id": True}).add("aws_subnet.a", {}).add("aws_subnet.b", {})
    expressions = {"subnet_id": refer("aws_subnet.a.id", "aws_subnet.a"), "tags": refer("var.tags", "local.name", "path.module")}
    plan.configuration = {"resources": [declared("aws_instance.x", expressions)]}
    found = plan.resource("aws_instance.x")
    assert refs(found.at("subnet_id")) == ["aws_subnet.a|id"]
    assert refs(found.at("tags")) == []


def test_references_of_blocks_stand_at_their_attributes() -> None:
    plan = Plan().add("aws_lb_listener.x", {"default_action": [{"type": "forward"}]}, {"default_action": [{"target_group_arn": True}]})
    block = {"type": {"constant_value": "forward"}, "target_group_arn": refer("aws_lb_target_group.t.arn", "aws_lb_target_group.t")}
    plan.configuration = {"resources": [declared("aws_lb_listener.x", {"default_action": [block]})]}
    found = plan.resource("aws_lb_listener.x")
    assert refs(found.at("default_action[0].target_group_arn")) == ["aws_lb_target_group.t|arn"]
    assert refs(found.at("default_action[0].type")) == []


def test_references_through_module_arguments_and_outputs() -> None:
    plan = (
        Plan()
        .add('module.app["x"].aws_instance.i', {}, {"subnet_id": True})
        .add("module.net.aws_subnet.s[0]", {})
        .add("module.net.aws_subnet.s[1]", {})
    )
    app = {"resources": [declared("aws_instance.i", {"subnet_id": refer("var.subnet")})], "variables": {"subnet": {}}}
    net = {
        "resources": [declared("aws_subnet.s", {})],
        "outputs": {"first": {"expression": refer("aws_subnet.s[0].id", "aws_subnet.s[0]", "aws_subnet.s")}},
    }
    plan.configuration = {
        "module_calls": {
            "app": {
                "source": "./app",
                "module": app,
                "expressions": {"subnet": refer("module.net.first", "module.net")},
                "for_each_expression": refer("var.apps"),
            },
            "net": {"source": "./net", "module": net, "expressions": {}},
        }
    }
    assert refs(plan.resource('module.app["x"].aws_instance.i').at("subnet_id")) == ["module.net.aws_subnet.s[0]|id"]


def test_each_key_leads_to_the_instance_of_the_same_key() -> None:
    plan = Plan()
    for key in "ab":
        plan.add(f'aws_route.r["{key}"]', {}, {"route_table_id": True, "gateway_id": True}).add(f'aws_route_table.t["{key}"]', {})
    expressions = {"route_table_id": refer("aws_route_table.t", "each.key"), "gateway_id": refer("each.value")}
    plan.configuration = {"resources": [declared("aws_route.r", expressions, for_each_expression=refer("aws_internet_gateway.g.id"))]}
    found = plan.resource('aws_route.r["b"]')
    assert refs(found.at("route_table_id")) == ['aws_route_table.t["b"]|']
    assert refs(found.at("gateway_id")) == ["aws_internet_gateway.g|id"]


def test_modules_that_refer_to_each_other_in_a_circle_end() -> None:
    call = {"module": {"outputs": {"o": {"expression": refer("var.v")}}}, "expressions": {"v": refer("module.m.o")}}
    plan = Plan().add("aws_vpc.x", {}, {"tags": True}).add("module.m.aws_vpc.y", {})
    plan.configuration = {"module_calls": {"m": call}, "resources": [declared("aws_vpc.x", {"tags": refer("module.m.o")})]}
    assert refs(plan.resource("aws_vpc.x").at("tags")) == []


def test_data_sources_come_from_the_prior_state() -> None:
    plan = Plan().add("aws_vpc.x", {})
    data = {"address": "data.aws_ami.a", "mode": "data", "type": "aws_ami", "name": "a", "values": {"id": "ami-1"}}
    gone = {"address": "aws_vpc.old", "mode": "managed", "type": "aws_vpc", "name": "old", "values": {"id": "vpc-0"}}
    plan.more = {"prior_state": {"values": {"root_module": {"resources": [data, gone]}}}}
    assert {str(r.address): r.kind for r in plan.loading().resources} == {"aws_vpc.x": "aws_vpc", "data.aws_ami.a": "data.aws_ami"}


def test_providers_module_calls_and_variables() -> None:
    plan = Plan().add("aws_vpc.x", {})
    plan.configuration = {
        "module_calls": {"m": {"source": "a/b/aws", "version_constraint": "~> 1", "module": {}}},
        "variables": {"k": {"default": "hush", "sensitive": True}},
    }
    document = plan.document()
    expressions = {"region": {"constant_value": "eu-west-1"}, "secret_key": {"constant_value": "hush"}}
    document["configuration"]["provider_config"] = {"aws.x": {"name": "aws", "alias": "x", "expressions": expressions}}
    (unit,) = terraform_plan.units(Files.of({"p.json": json.dumps(document)}), Settings())
    found = {str(r.address): r for r in unit.load().resources}
    assert found["provider.aws.x"].kind == "provider.aws"
    assert found["provider.aws.x"].at("region").text == "eu-west-1"
    assert (found["module.m"].at("source").text, found["module.m"].at("version").text) == ("a/b/aws", "~> 1")
    assert found["var.k"].at("type").unknown
    assert not any("hush" in json.dumps(r.body.plain()) for r in found.values())


def test_outputs() -> None:
    plan = Plan().add("aws_vpc.x", {})
    document = plan.document()
    document["planned_values"]["outputs"] = {"a": {"value": 1}, "b": {"sensitive": True, "value": "hush"}, "c": {"sensitive": False}}
    document["output_changes"] = {"c": {"after_unknown": True}}
    (unit,) = terraform_plan.units(Files.of({"p.json": json.dumps(document)}), Settings())
    found = unit.load().outputs
    assert found["a"] == 1
    assert "$redacted" in found["b"]
    assert "$unknown" in found["c"]


@pytest.mark.parametrize(
    ("more", "code"), [({"errored": True, "complete": False}, "plan-errored"), ({"complete": False}, "plan-incomplete")]
)
def test_an_incomplete_plan_is_read_and_reported(more: dict[str, Any], code: str) -> None:
    plan = Plan().add("aws_vpc.x", {})
    plan.more = more
    loading = plan.loading()
    assert [str(r.address) for r in loading.resources] == ["aws_vpc.x"]
    assert [(d.code, d.gap) for d in loading.diagnostics] == [(code, True)]
    assert loading.gaps


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"format_version": 1, "planned_values": {}}',
        '{"format_version": "1.2", "planned_values": []}',
        '{"format_version": "1.2", "planned_values": ',
    ],
)
def test_what_is_no_plan_is_not_read(text: str) -> None:
    for unit in terraform_plan.units(Files.of({"x.json": text}), Settings()):
        loading = unit.load()
        assert loading.resources == ()
        assert [d.code for d in loading.diagnostics] == ["plan-syntax"]


@pytest.mark.parametrize(
    "junk", [None, 7, "x", [], [None], {}, {"root_module": 7}, {"root_module": {"resources": [7, {"address": 1}], "child_modules": 3}}]
)
def test_junk_in_a_plan_is_no_crash(junk: Any) -> None:
    base = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [{"address": "a.b", "type": "a", "values": junk, "sensitive_values": junk}]}},
    }
    for key in ("planned_values", "prior_state", "resource_changes", "configuration", "output_changes"):
        for value in (junk, {"provider_config": junk, "root_module": junk, "values": junk}):
            for unit in terraform_plan.units(Files.of({"x.json": json.dumps(base | {key: value, "resource_changes": [junk]})}), Settings()):
                for found in unit.load().resources:
                    assert found.body.plain() is not None


def test_a_binary_plan_and_a_refresh_are_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "tfplan").write_bytes(b"PK\x03\x04\x00\xff\xfe")
    refresh = {"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_drift": []}
    (tmp_path / "refresh.json").write_text(json.dumps(refresh))
    found = [unit.load() for unit in terraform_plan.units(Files(tmp_path), Settings())]
    assert [(s.path, s.reason.split(":")[0]) for loading in found for s in loading.skipped] == [
        ("refresh.json", "the plan is a refresh only"),
        ("tfplan", "a plan that is not JSON"),
    ]


# -- the way back to the code


def at(line: int) -> At:
    return At(Span("main.tf", line, 1, line, 9))


def written(address: str, body: dict[str, Value], root: str = ".", line: int = 1, **more: Any) -> Resource:
    found = Address("tf", address)
    return Resource(found, found.name.split(".")[0], Facet.WRITTEN, Node(Value(body, at(line))), at(line).span(), root, **more)


def test_a_planned_value_stands_where_the_code_writes_it() -> None:
    planned = Plan().add("aws_vpc.x", {"cidr_block": "10.0.0.0/16", "enable_dns_support": True}).loading().resources
    code = written(
        "aws_vpc.x", {"cidr_block": Value("10.0.0.0/16", at(2), Marks((Ref(Address("tf", "aws_x.y"), "id"),)))}, ignored=("tags",)
    )
    (found,) = relocate(planned, [code])
    assert found.facet is Facet.PLANNED
    assert (found.span.file, found.span.line) == ("main.tf", 1)
    assert found.at("cidr_block").span.line == 2
    assert refs(found.at("cidr_block")) == ["aws_x.y|id"]
    assert found.at("enable_dns_support").span.line == 1, "a default stands at its block"
    assert found.at("enable_dns_support").flag is True
    assert found.ignored == ("tags",)


def test_blocks_of_a_set_are_found_by_what_they_say() -> None:
    ingress = [{"from_port": 22, "cidr_blocks": ["10.0.0.0/8"]}, {"from_port": 443, "cidr_blocks": ["0.0.0.0/0"]}]
    planned = Plan().add("aws_security_group.x", {"ingress": ingress}).loading().resources
    first = Value({"from_port": Value(443, at(11)), "cidr_blocks": Value([Value("0.0.0.0/0", at(12))], at(12))}, at(10))
    second = Value({"from_port": Value(22, at(21)), "cidr_blocks": Value(Unknown("?"), at(22))}, at(20))
    (found,) = relocate(planned, [written("aws_security_group.x", {"ingress": Value([first, second], at(10))})])
    assert found.at("ingress[1].cidr_blocks[0]").span.line == 12
    assert found.at("ingress[0].from_port").span.line == 21
    assert found.at("ingress[0].cidr_blocks[0]").text == "10.0.0.0/8"


def test_json_texts_keep_the_places_of_their_structure() -> None:
    policy = '{"Statement":[{"Action":"*"}]}'
    tree = Value({"Statement": Value([Value({"Action": Value("*", at(5))}, at(4))], at(3))}, at(2))
    planned = Plan().add("aws_iam_policy.x", {"policy": policy}).loading().resources
    (found,) = relocate(planned, [written("aws_iam_policy.x", {"policy": Value(JsonText(policy, tree), at(2))})])
    assert found.at("policy").json().at("Statement[0].Action").span.line == 5


def test_an_undeclared_unknown_goes_when_the_code_is_there() -> None:
    planned = Plan().add("aws_security_group.x", {}, {"ingress": True, "arn": True}).loading().resources
    (found,) = relocate(planned, [written("aws_security_group.x", {})])
    assert found.at("ingress").missing
    declared_dynamic = written("aws_security_group.x", {"ingress": Value([Value(Unknown("?", many=True), at(7))], at(7))})
    (again,) = relocate(planned, [declared_dynamic])
    assert again.at("ingress").unknown
    assert again.at("ingress").span.line == 7


def test_instances_of_an_unknown_count_share_their_block() -> None:
    planned = Plan().add("aws_vpc.x[0]", {"a": 1}).add("aws_vpc.x[1]", {"a": 2}).loading().resources
    found = relocate(planned, [written("aws_vpc.x", {"a": Value(Unknown("?"), at(3))})])
    assert [(str(r.address), r.at("a").number, r.at("a").span.line) for r in found] == [("aws_vpc.x[0]", 1, 3), ("aws_vpc.x[1]", 2, 3)]


def test_an_instance_that_the_code_does_not_have_stands_at_the_block() -> None:
    planned = Plan().add("aws_vpc.x[2]", {"a": 5}).loading().resources
    (found,) = relocate(planned, [written(f"aws_vpc.x[{n}]", {"a": Value(n, at(3))}) for n in range(2)])
    assert (found.at("a").number, found.at("a").span.line, found.span.line) == (5, 1, 1)


@pytest.mark.parametrize(
    ("plan", "roots", "expected"),
    [
        ("plan.json", [".", "other"], "."),
        ("live/prod/plan.json", ["live/prod", "live"], "live/prod"),
        ("live/prod/ci/plan.json", ["live/prod", "live"], "live/prod"),
        ("plans/plan.json", ["code"], "code"),
        ("plans/plan.json", ["code", "copy"], "plans"),
    ],
)
def test_the_root_of_a_plan(plan: str, roots: list[str], expected: str) -> None:
    planned = Plan().add("aws_vpc.x", {}).loading(plan).resources
    (found,) = relocate(planned, [written("aws_vpc.x", {}, root) for root in roots])
    assert found.root == expected


def test_a_plan_of_other_code_stays_as_it_is() -> None:
    planned = Plan().add("aws_vpc.x", {}).loading().resources
    assert relocate(planned, [written("aws_vpc.other", {})]) == planned


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real plans are not beside this checkout")
def test_real_plans() -> None:
    found = {unit.name: unit.load() for unit in terraform_plan.units(Files(SHARED), Settings())}
    creates = [name for name in found if name.endswith("plan_create.json")]
    assert len(creates) == 10
    for name in creates:
        plan = json.loads((SHARED / name).read_text())
        planned = {c["address"]: c["change"] for c in plan["resource_changes"] if c["change"]["actions"] == ["create"]}
        resources = {str(r.address): r for r in found[name].resources}
        assert planned.keys() <= resources.keys()
        for address, change in planned.items():
            body = resources[address].body
            for attribute, value in change["after"].items():
                node = body.at(attribute)
                assert node.sensitive or node.unknown or _known(node.plain(), value), (address, attribute)


def _known(ours: Any, theirs: Any) -> bool:
    """Whether a value is the planned one, where it is known."""
    if isinstance(ours, dict) and ours.keys() & {"$unknown", "$redacted"}:
        return True
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return all(_known(ours.get(key), value) for key, value in theirs.items())
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_known, ours, theirs))
    return bool(ours == theirs)
