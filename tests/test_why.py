"""`auditor why`: the texts of errors, with their decisions, layers and lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from auditor.app import schemas
from auditor.views.iam.denial import parse
from auditor.views.iam.layers import Layer
from tests.conftest import Auditor, in_a_process
from tests.iam_errors import ERRORS, Row
from tests.iam_estate import ADA, APP, MAIN, line_of


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("estate")
    (folder / "main.tf").write_text(MAIN, encoding="utf-8")
    return folder


def asked(auditor: Auditor, text: str, folder: Path, *options: str) -> dict[str, Any]:
    ran = auditor("why", text, folder, "--format", "json", *options)
    assert ran.code == 0, ran.err
    document: dict[str, Any] = json.loads(ran.out)
    jsonschema.validate(document, json.loads(schemas.text("why")))
    return document


@pytest.mark.parametrize("row", ERRORS, ids=range(len(ERRORS)))
def test_errors(auditor: Auditor, estate: Path, row: Row) -> None:
    found = asked(auditor, row.text, estate, *row.options)
    assert (found["decision"], " ".join(found["blocking"])) == (row.decision, row.blocking)
    if row.layer:
        (layer,) = [it for it in found["layers"] if it["layer"] == row.layer][:1]
        assert line_of(row.mark) in [statement["location"]["line"] for statement in layer["statements"]]
        assert {statement["location"]["path"] for statement in layer["statements"]} == {"main.tf"}


def test_there_are_sixty_errors_and_none_twice() -> None:
    assert len({(row.text, row.options) for row in ERRORS}) == len(ERRORS) >= 60


def test_a_fix_for_every_denial_that_the_code_can_mend(auditor: Auditor, estate: Path) -> None:
    for row in ERRORS:
        if row.decision in ("implicit_deny", "explicit_deny"):
            found = asked(auditor, row.text, estate, *row.options)
            assert found["fix"] or "resource" not in row.blocking, row.text
            assert all(fix["patch"] and fix["location"]["path"] == "main.tf" for fix in found["fix"])


def test_a_fix_names_the_statement_to_add(auditor: Auditor, estate: Path) -> None:
    text = f'User: {APP} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::media-prod"'
    (fix,) = asked(auditor, text, estate)["fix"]
    assert fix["resource"] == "aws_iam_role_policy.app"
    assert json.loads(fix["patch"]) == {"add": {"Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::media-prod"}}


def test_text_says_what_blocks_and_where(auditor: Auditor, estate: Path) -> None:
    ran = auditor(
        "why", f"User: {APP} is not authorized to perform: sqs:PurgeQueue on resource: arn:aws:sqs:eu-west-1:111111111111:jobs", estate
    )
    assert ran.code == 0
    assert "denied by a Deny statement" in ran.out
    assert f"aws_iam_role_policy.app policy.Statement[3] (NoPurge)  main.tf:{line_of('app-deny')}" in ran.out


def test_exit_codes(auditor: Auditor, estate: Path, tmp_path: Path) -> None:
    text = f"User: {ADA} is not authorized to perform: s3:GetObject"
    assert auditor("why", text, estate).code == 0
    assert auditor("why", "connection refused", estate).code == 2
    assert auditor("why", " ", estate).code == 2
    assert auditor("why", "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied", estate).code == 2
    assert auditor("why", text, tmp_path / "nowhere").code == 2
    assert auditor("why", text, estate, "--context", "novalue").code == 2
    (tmp_path / "empty").mkdir()
    assert auditor("why", text, tmp_path / "empty").code == 3


def test_the_text_comes_from_standard_input_too(estate: Path) -> None:
    ran = in_a_process("why", "-", estate, "--format", "json", stdin=f"User: {ADA} is not authorized to perform: iam:CreateUser\n")
    assert ran.code == 0
    assert json.loads(ran.out)["decision"] == "explicit_deny"


def test_the_same_question_has_the_same_answer(auditor: Auditor, estate: Path) -> None:
    text = f"User: {ADA} is not authorized to perform: iam:CreateUser"
    assert auditor("why", text, estate, "--format", "json").out == auditor("why", text, estate, "--format", "json").out


@pytest.mark.parametrize(
    ("phrase", "layer"),
    [
        ("because no identity-based policy allows the a:B action", Layer.IDENTITY),
        ("with an explicit deny in an identity-based policy", Layer.IDENTITY),
        ("because no resource-based policy allows the a:B action", Layer.RESOURCE),
        ("because no permissions boundary allows the a:B action", Layer.BOUNDARY),
        ("with an explicit deny in a permissions boundary", Layer.BOUNDARY),
        ("because no session policy allows the a:B action", Layer.SESSION),
        ("with an explicit deny in a service control policy", Layer.SCP),
        ("with an explicit deny in a resource control policy", Layer.RCP),
        ("because no VPC endpoint policy allows the a:B action", Layer.ENDPOINT),
        ("because no role trust policy allows the sts:AssumeRole action", Layer.TRUST),
        ("with an explicit deny in the role trust policy", Layer.TRUST),
        ("", None),
    ],
)
def test_the_layer_that_a_text_blames(phrase: str, layer: Layer | None) -> None:
    told = parse(f"User: {ADA} is not authorized to perform: sns:Publish on resource: arn:aws:sns:eu-west-1:111111111111:t {phrase}")
    assert told is not None
    assert told.blamed is layer
    assert told.resource == "arn:aws:sns:eu-west-1:111111111111:t"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "{", "connection timed out", '{"Records": 7}', '{"eventName": "GetObject"}', "User: is not authorized"]
)
def test_what_is_no_denial(text: str) -> None:
    assert parse(text) is None
