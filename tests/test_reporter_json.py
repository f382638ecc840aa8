"""The JSON document against its schema and CONTRACTS."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema
import pytest

from auditor.app import schemas
from auditor.model.finding import Live
from auditor.model.report import Report
from auditor.model.resource import Origin
from auditor.model.span import Span
from auditor.model.value import Unknown, Value
from auditor.reporters import Options
from auditor.reporters import json as reporter
from tests.sample_report import finding, report, rich_finding

SCHEMA = json.loads(schemas.text("report"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def document(of: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(reporter.render(of, Options()))
    return found


def problems(of: dict[str, Any]) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(of)]


@pytest.mark.parametrize("name", schemas.names())
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schemas.text(name)))


@pytest.mark.parametrize("of", [Report(), report(), report(findings=(rich_finding(),))], ids=["empty", "full", "rich"])
def test_the_document_follows_its_schema(of: Report) -> None:
    assert problems(document(of)) == []


def test_the_keys_of_the_contract() -> None:
    made = document(report(findings=(rich_finding(),)))
    assert made["version"] == "1"
    assert {"findings", "unsure", "suppressed", "rules", "diagnostics", "coverage", "summary"} <= made.keys()
    (one,) = made["findings"]
    assert one["rule_id"] == "aws-security-group-ssh-open"
    assert one["aliases"] == ["CKV_AWS_24", "AVD-AWS-0107"]
    assert (one["severity"], one["confidence"], one["outcome"], one["facets"]) == ("high", "certain", "fail", ["written"])
    assert one["resource"] == "module.net[1].aws_security_group.web"
    assert one["attribute"] == "ingress[0].cidr_blocks[0]"
    assert one["location"] == {"path": "prod.tfvars", "line": 1, "column": 10, "end_line": 1, "end_column": 21}
    assert one["history"][-1] == {"value": "0.0.0.0/0", "origin": "tfvars", "text": '"0.0.0.0/0"', "location": one["location"]}
    assert one["delta"] == "new"
    assert one["blame"]["path"] == "main.tf"
    assert one["root"] == "."
    assert one["sources"] == ["auditor"]
    assert [place["path"] for place in one["chain"]] == ["main.tf"]
    assert one["change"]["ref"].startswith("0123")
    assert [hit["resource"] for hit in one["blast_radius"]] == ["aws_instance.web", "aws_lb.web"]
    assert one["whys"][2]["evidence"] is None
    assert one["remedy"]["fix_now"].startswith("Replace")
    assert "systemctl stop sshd" in one["remedy"]["workaround"]


def test_drift_and_suppression() -> None:
    made = document(report())
    (drifted,) = [one for one in made["findings"] if "drift" in one]
    assert drifted["drift"]["class"] == "changed"
    assert drifted["drift"]["path"] == "ingress[1]"
    assert list(drifted["drift"]["values"]) == ["written", "planned", "recorded", "running"]
    assert drifted["drift"]["changed_by"]["how"] == "console"
    (suppressed,) = made["suppressed"]
    assert suppressed["suppression"]["until"] == "2027-01-31"
    assert made["fixed"][0]["delta"] == "fixed"


def test_every_rule_of_the_run_is_listed_with_its_aliases() -> None:
    rules = document(report())["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    assert {rule["id"]: rule["aliases"] for rule in rules}["aws-s3-bucket-public"] == ["CKV_AWS_20"]


def test_numbers_add_up() -> None:
    made = document(report())
    summary = made["summary"]
    assert summary["findings"] == len(made["findings"]) == sum(summary["severities"].values()) == 16
    assert (summary["unsure"], summary["suppressed"], summary["fixed"], summary["failing"]) == (2, 1, 1, 3)
    assert summary["verdict"] == "fail"
    assert made["coverage"]["files"] == {"aws-replies": 1, "terraform": 6}
    assert made["coverage"]["complete"] is False
    assert [gap["code"] for gap in made["coverage"]["gaps"]] == ["hcl-syntax"]


def test_a_gap_that_is_no_diagnostic_of_the_report_is_listed_all_the_same() -> None:
    of = report(diagnostics=())
    assert [one["code"] for one in document(of)["diagnostics"]] == ["hcl-syntax"]


def test_values_of_a_history_are_plain_data() -> None:
    here = Span("a.tf", 1, 1, 1, 2)
    values = (Value([Value("x"), Value(Unknown("no value"))]), Unknown("no value"), None, True, 3, {"a": [1]})
    made = document(report(findings=(finding(history=tuple(Origin("literal", "x", here, value) for value in values)),)))
    shown = [step["value"] for step in made["findings"][0]["history"]]
    assert shown == [["x", {"$unknown": "no value"}], {"$unknown": "no value"}, None, True, 3, {"a": [1]}]
    assert problems(made) == []


def test_live_evidence() -> None:
    proof = Live("ec2:DescribeSecurityGroups", "0.0.0.0/0", Span("aws/x.json", 3, 1, 3, 9))
    made = document(report(findings=(finding(evidence=(proof,)),)))
    assert made["findings"][0]["evidence"][0]["call"] == "ec2:DescribeSecurityGroups"
    assert problems(made) == []


def test_a_finding_is_a_line() -> None:
    lines = reporter.render(report(), Options()).splitlines()
    assert sum(line.startswith('  {"rule_id"') for line in lines) == 16 + 2 + 1 + 1


def test_pieces_make_the_document() -> None:
    assert "".join(reporter.stream(report(), Options())) == reporter.render(report(), Options())


def _break(made: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    broken = copy.deepcopy(made)
    here: Any = broken
    for key in path[:-1]:
        here = here[key]
    if value is None:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    return broken


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), "2"),
        (("unsure",), None),
        (("findings", 0, "location", "line"), 0),
        (("findings", 0, "location", "row"), 1),
        (("findings", 0, "location", "path"), "/etc/passwd"),
        (("findings", 0, "location"), {"path": "a"}),
        (("findings", 0, "severity"), "HIGH"),
        (("findings", 0, "outcome"), "unsure"),
        (("findings", 0, "facets"), ["code"]),
        (("findings", 0, "remedy"), {"fix_now": "x"}),
        (("findings", 0, "aliases"), ["a", "a"]),
        (("findings", 0, "fingerprint"), None),
        (("suppressed", 0, "suppression"), None),
        (("diagnostics", 0, "severity"), "fatal"),
        (("coverage", "gaps"), None),
        (("summary", "severities", "high"), "2"),
        (("rules", 0, "id"), ""),
    ],
)
def test_the_schema_catches_mistakes(path: tuple[Any, ...], value: Any) -> None:
    assert problems(_break(document(report()), path, value))


def test_keys_may_be_added() -> None:
    made = document(report())
    made["new"] = made["findings"][0]["new"] = made["summary"]["new"] = made["rules"][0]["new"] = 1
    assert problems(made) == []


GRAPH = {
    "version": "1",
    "resources": [
        {
            "address": "aws_instance.web",
            "root": ".",
            "kind": "aws_instance",
            "facet": "written",
            "body": {"ami": {"$unknown": "var.ami has no value"}, "key": {"$redacted": "0123abc"}, "tags": {"a": [1, None, {"b": True}]}},
            "location": {"path": "main.tf", "line": 1, "column": 1, "end_line": 3, "end_column": 2},
        }
    ],
    "edges": [
        {
            "from": "aws_instance.web",
            "to": "aws_subnet.a",
            "kind": "refers",
            "location": {"path": "main.tf", "line": 2, "column": 1, "end_line": 2, "end_column": 9},
        }
    ],
    "outputs": {"ip": {"$unknown": "known after apply"}},
    "diagnostics": [],
}


@pytest.mark.parametrize(
    ("path", "value", "good"),
    [
        (("version",), "1", True),
        (("resources", 0, "extra"), 1, True),
        (("resources", 0, "body"), [], False),
        (("resources", 0, "body", "ami"), {"$unknown": 1}, False),
        (("resources", 0, "body", "ami"), {"$unknown": "x", "other": 1}, False),
        (("resources", 0, "facet"), "code", False),
        (("resources", 0, "location"), {}, False),
        (("edges", 0, "kind"), "REFERS", False),
        (("edges", 0, "to"), None, False),
        (("outputs",), [], False),
    ],
)
def test_the_schema_of_the_graph(path: tuple[Any, ...], value: Any, good: bool) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(schemas.text("graph")))
    assert validator.is_valid(_break(GRAPH, path, value)) is good
