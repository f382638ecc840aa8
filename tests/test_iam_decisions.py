"""IAM decisions: the truth table, row by row, and what a decision tells beside its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.views.iam.decision import Decision, Voice
from auditor.views.iam.layers import Layer, Layers
from tests import iam_truth as truth
from tests.iam_made import decide, layers

SIGNS = {"+": "allow", "-": "implicit_deny", "!": "explicit_deny", "?": "unknown"}
USER, HOME = truth.USER, truth.HOME


def allow(**parts: Any) -> dict[str, Any]:
    """An Allow of everything, with other parts."""
    made = {"Effect": "Allow", "Action": "*", "Resource": "*", **parts}
    for element in ("Action", "Resource"):
        if f"Not{element}" in parts:
            del made[element]
    return made


def check(decision: Decision, sign: str) -> None:
    """A decision has the answer of its row."""
    assert decision.effect == SIGNS[sign]


@pytest.mark.parametrize(("element", "value", "sign"), truth.ACTIONS)
def test_actions(element: str, value: Any, sign: str) -> None:
    check(decide(USER, "s3:GetObject", truth.OBJECT, layers(identity=allow(**{element: value})), owner=HOME), sign)


@pytest.mark.parametrize(("element", "value", "sign"), truth.RESOURCES)
def test_resources(element: str, value: Any, sign: str) -> None:
    check(decide(USER, "s3:GetObject", truth.OBJECT, layers(identity=allow(**{element: value})), owner=HOME), sign)


@pytest.mark.parametrize(("version", "pattern", "name", "sign"), truth.VARIABLES)
def test_variables(version: str, pattern: str, name: str, sign: str) -> None:
    element = "NotResource" if pattern.startswith("not ") else "Resource"
    document = {"Version": version, "Statement": [allow(**{element: pattern.removeprefix("not ")})]}
    context = {"aws:username": "ada", "aws:PrincipalTag/team": "red", "aws:PrincipalTag/star": "*"}
    check(decide(USER, "s3:GetObject", f"arn:aws:s3:::media/{name}", layers(identity=document), owner=HOME, context=context), sign)


@pytest.mark.parametrize(("operator", "wanted", "actual", "sign"), truth.CONDITIONS)
def test_conditions(operator: str, wanted: Any, actual: Any, sign: str) -> None:
    given = layers(identity=allow(Condition={operator: {"Key": wanted}}))
    context = {} if actual is None or actual is ... else {"key": actual}
    check(decide(USER, "s3:GetObject", truth.OBJECT, given, owner=HOME, context=context, closed=actual is not ...), sign)


@pytest.mark.parametrize(("caller", "element", "principal", "sign"), truth.PRINCIPALS)
def test_principals(caller: str, element: str, principal: Any, sign: str) -> None:
    check(decide(caller, "s3:GetObject", truth.OBJECT, layers(resource=allow(**{element: principal})), owner=HOME), sign)


@pytest.mark.parametrize(("caller", "principal", "bounded", "sign"), truth.NOT_PRINCIPALS)
def test_not_principal_of_a_deny(caller: str, principal: Any, bounded: bool, sign: str) -> None:
    deny = {"Effect": "Deny", "NotPrincipal": principal, "Action": "*", "Resource": "*"}
    given = layers(identity=truth.ALL, resource=deny, boundary=truth.ALL if bounded else None)
    check(decide(caller, "s3:GetObject", truth.OBJECT, given, owner=HOME), sign)


@pytest.mark.parametrize(("caller", "owner", "parts", "sign", "blocking"), truth.LAYERS)
def test_layers(caller: str, owner: str, parts: dict[str, Any], sign: str, blocking: str) -> None:
    decision = decide(caller, "s3:GetObject", truth.OBJECT, layers(**parts), owner=owner, closed=False)
    check(decision, sign)
    assert " ".join(decision.blocking) == " ".join(layer for layer in Layer if layer in blocking.split())


@pytest.mark.parametrize(("caller", "action", "target", "parts", "sign", "blocking"), truth.SPECIAL)
def test_keys_roles_and_actions_without_a_resource(
    caller: str, action: str, target: str, parts: dict[str, Any], sign: str, blocking: str
) -> None:
    kind = {"kms": Layer.KMS, "sts": Layer.TRUST}.get(action.partition(":")[0], Layer.RESOURCE)
    decision = decide(caller, action, target, layers(**parts, kind=kind))
    check(decision, sign)
    assert " ".join(decision.blocking) == blocking


def test_the_table_has_three_hundred_rows_and_none_twice() -> None:
    tables: tuple[Any, ...] = (
        truth.ACTIONS,
        truth.RESOURCES,
        truth.VARIABLES,
        truth.CONDITIONS,
        truth.PRINCIPALS,
        truth.NOT_PRINCIPALS,
        truth.LAYERS,
        truth.SPECIAL,
    )
    rows = [repr((number, row[:-1])) for number, table in enumerate(tables) for row in table]
    assert len(rows) >= 300
    assert len(rows) == len(set(rows))


def test_a_decision_names_the_statements_and_their_places() -> None:
    decision = decide(
        USER, "s3:GetObject", truth.OBJECT, layers(identity=[[truth.WRITE, truth.READ]], scp=[[[truth.ALL, truth.NO_READ]]]), owner=HOME
    )
    identity, scp = decision.verdict(Layer.IDENTITY), decision.verdict(Layer.SCP)
    assert identity is not None
    assert [it.statement.where.path for it in identity.statements] == ["policy.Statement[1]"]
    assert identity.voice is Voice.ALLOW
    assert scp is not None
    assert [it.statement.where.path for it in scp.statements] == ["policy.Statement[1]"]
    assert scp.statements[0].statement.where.span.file == "aws_iam_policy.p0.json"
    assert scp.statements[0].statement.where.span.line > 1
    assert scp.voice is Voice.DENY


def test_an_unknown_answer_says_what_it_hangs_on() -> None:
    decision = decide(USER, "s3:GetObject", truth.OBJECT, layers(identity=truth.MAYBE), owner=HOME, closed=False)
    assert decision.doubts == ("aws:SourceVpc",)
    assert decide(USER, "s3:GetObject", truth.OBJECT, layers(identity="unknown"), owner=HOME).doubts == ("it is not here",)


def test_one_strange_statement_degrades_itself_only() -> None:
    strange = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringUnheardOf": {"a": "b"}}}
    check(decide(USER, "s3:GetObject", truth.OBJECT, layers(identity=[[strange, truth.READ]]), owner=HOME), "+")
    check(decide(USER, "s3:PutObject", truth.OBJECT, layers(identity=[[strange, truth.READ]]), owner=HOME), "-")
    for junk in (7, "x", None, [], [7], {"Statement": 7}, {"Statement": [7, "x", None]}):
        check(
            decide(
                USER, "s3:GetObject", truth.OBJECT, layers(identity=[junk if isinstance(junk, dict) else {"Statement": junk}]), owner=HOME
            ),
            "-",
        )


STATEMENTS = (
    truth.READ,
    truth.NO_READ,
    truth.MAYBE,
    truth.MAYBE_NOT,
    truth.to(USER),
    truth.NOBODY_READS,
    {**truth.READ, "NotPrincipal": {"AWS": truth.STRANGER}},
)
JUNK: tuple[Any, ...] = (None, 7, "x", "", [], {}, [None], {"a": {"b": 7}}, ["${", "${aws:", "${}"], True)


def at(place: str, statement: Any, beside: Mapping[str, Any] | None = None) -> Layers:
    """The layers with that statement in one place."""
    parts: dict[str, Any] = {**(beside or {}), place: [[[statement]]] if place == "scp" else statement}
    return layers(**parts)


def variants(statement: Mapping[str, Any], value: Any) -> list[dict[str, Any]]:
    """The statement with each of its parts, and of the parts of those, replaced."""
    found = [{**statement, key: value} for key in (*statement, "NotAction", "NotResource", "Condition")]
    for key, part in statement.items():
        if isinstance(part, dict):
            found += [{**statement, key: {**part, inner: value}} for inner in part]
            found += [
                {**statement, key: {inner: dict.fromkeys(values, value)}} for inner, values in part.items() if isinstance(values, dict)
            ]
    return found


@pytest.mark.parametrize("place", ["identity", "resource", "boundary", "scp", "endpoint"])
def test_junk_is_judged_and_never_crashes(place: str) -> None:
    for statement in STATEMENTS:
        for junk in JUNK:
            for variant in variants(statement, junk):
                given = at(place, variant)
                assert decide(USER, "s3:GetObject", truth.OBJECT, given, owner=HOME).effect in SIGNS.values()


@pytest.mark.parametrize("place", ["identity", "resource", "boundary", "scp", "endpoint"])
def test_losing_knowledge_makes_no_other_certain_answer(place: str) -> None:
    """Only a Deny that is not certain any more may leave a denial that nothing allows anyway."""
    for beside in ({}, {"identity": truth.READ} if place != "identity" else {"resource": truth.to(USER)}):
        for statement in STATEMENTS:
            known = decide(
                USER,
                "s3:GetObject",
                truth.OBJECT,
                at(place, statement, beside),
                owner=HOME,
            ).effect
            for variant in [{"$unknown": "lost"}, *({**statement, key: {"$unknown": "lost"}} for key in statement)]:
                lost = decide(
                    USER,
                    "s3:GetObject",
                    truth.OBJECT,
                    at(place, variant, beside),
                    owner=HOME,
                ).effect
                assert lost in (known, "unknown") or (known, lost) == ("explicit_deny", "implicit_deny")
