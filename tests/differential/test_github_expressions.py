"""Expressions as GitHub's own package evaluates them: written and generated ones, value by value."""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from auditor.views.github.expression import Failed, Mistake, evaluate, parse, references
from auditor.views.github.expression.functions import FUNCTIONS
from auditor.views.github.expression.number import text_of
from auditor.views.github.expression.tree import Call, walk

DRIVER = Path(__file__).with_name("actions_expressions.mjs")


def _package() -> str:
    named = os.environ.get("ACTIONS_EXPRESSIONS", "")
    if named or not shutil.which("npm"):
        return named
    root = subprocess.run(["npm", "root", "-g"], capture_output=True, text=True, check=False).stdout.strip()
    return f"{root}/@actions/expressions"


PACKAGE = _package()

pytestmark = pytest.mark.skipif(
    not shutil.which("node") or not Path(PACKAGE, "dist/index.js").is_file(),
    reason="GitHub's evaluator is not here: npm install -g @actions/expressions, or name its folder in ACTIONS_EXPRESSIONS",
)

CONTEXTS: dict[str, Any] = {
    "github": {
        "ref": "refs/heads/Main",
        "event_name": "push",
        "run_id": 12,
        "head_ref": "",
        "event": {"number": 1.5, "draft": False, "labels": [{"name": "a"}, {"name": "B", "id": 2}, "x", None], "Nothing": None},
    },
    "matrix": {"os": "ubuntu", "node": 18, "flags": ["x", 1, True, None]},
    "needs": {"a": {"result": "success", "outputs": {"tag": "v1"}}, "b": {"result": "failure", "outputs": {}}},
    "empty": {},
}

WRITTEN = [
    "'it''s'", "''", "1", "-1", "+1", ".5", "-.5", "1e3", "1E-7", "0x1F", "-0x1F", "0o17", "0b11", "1.", "1.2.3", "NaN", "Infinity", "-Infinity", "1_000", "1e", "0x",
    "true", "True", "null", "NULL", "123456789012345680000", "1e21", "1e-7", "0.1", "1.10", "-0", "100000", "0.000001234",
    "null == 0", "null == ''", "true == 1", "'1' == 1", "'' == 0", "'abc' == 'ABC'", "'a' < 'B'", "NaN == NaN", "NaN != NaN", "'x' > 1", "true > false", "null >= false",
    "'0x10' == 16", "' 12 ' == 12", "'true' == true", "github == github", "matrix.flags == matrix.flags", "github.event == null", "fromJSON('[1]') == fromJSON('[1]')",
    "github.EVENT.Number", "github['ref']", "github['r' == 'x']", "github.event.labels[1].name", "github.event.labels[1.9].id", "github.event.labels[-1]", "github.event.labels['1'].id",
    "github.event.labels.*.name", "github.event.labels[*].name", "github.event.*.name", "github.*.number", "needs.*.result", "needs.*.outputs.tag", "needs.*.outputs.*", "matrix.flags.*",
    "matrix.flags.*[0]", "github.*.labels[1]", "empty.*", "github.ref.*", "github.ref.x", "github.nothing.deeper", "matrix.flags[0]", "matrix.flags['x']", "matrix.flags[true]", "matrix.flags[null]",
    "contains('abc', 'B')", "contains(matrix.flags, 'X')", "contains(matrix.flags, 1)", "contains(matrix.flags, null)", "contains(needs.*.result, 'failure')", "contains(github, 'ref')", "contains(12, 1)",
    "contains('x', github)", "contains(null, '')", "startsWith(github.ref, 'REFS/')", "endsWith('x', '')", "startsWith(github, 'x')", "startsWith(123, 12)", "endsWith(true, 'E')",
    "format('{0} {1} {{x}} }}', 'a', 1.0)", "format('{0}', github)", "format('{1}', 'a')", "format('{', 'a')", "format('}', 'a')", "format('{x}', 'a')", "format('{0:x}', 'a')", "format('{}', 1)", "format('a')",
    "format('{0}{0}', null)", "format(1, 2)", "format('{{0}}', 1)", "format('{{{0}}}', 1)", "join(matrix.flags)", "join(matrix.flags, '-')", "join('x', '-')", "join(github, '-')", "join(github.event.labels)", "join(needs.*.result, ', ')",
    "join(matrix.flags, github)", "toJSON(github)", "toJSON('a\"b')", "toJSON(null)", "toJSON(1.50)", "toJSON(empty)", "toJSON(fromJSON('[]'))", "toJSON(needs.*.result)", "toJSON(NaN)", "toJSON('é☃')",
    "fromJSON('{\"a\": [1, 2.5, true, null]}').a[1]", "fromJSON('x')", "fromJSON('')", "fromJSON(' 1 ')", "fromJSON('\"s\"')", "fromJSON('NaN')", "fromJSON(toJSON(github)).ref", "fromJSON('{\"A\": 1, \"a\": 2}').a",
    "case(true, 1, 2)", "case(false, 1, true, 2, 3)", "case(1, 2, 3)", "case(true, 1)", "case(true, 1, 2, 3)", "case(false, 1, 'd')",
    "!true", "!!'x'", "!''", "!github", "!null && 1", "true && 'a' || 'b'", "false && 'a' || 'b'", "'' || 0 || null", "'a' && '' && 1", "1 < 2 == true", "1 == 1 == 1", "3 > 2 > 1", "!true == false", "(1)", "((github)).ref",
    "(github || x).ref", "('a').b", "'a'.b", "1.a", "true.b", "github . ref", "github\n.ref", "github.ref.", "github..ref", "github.[0]", "github[", "github[0", "github[]", "contains(", "contains()", "contains('a')", "contains('a','b','c')",
    "contains('a','b',)", "contains(,)", "unknown", "unknown()", "github.true", "github.null", "github.NaN", "github.-x", "github.a-b", "github.1", "", " ", "()", "a b", "1 1", "'a' 'b'", "&& 1", "1 &&", "1 & 2", "1 | 2", "1 = 2", "a ? b", "1 + 2", "1 - 1",
    '"a"', "'a", "'a'''", "''''", "github.ref ==", "== 1", "!", "*", "github.*.*.name", "github[*][*]", "format('{0}', 'it''s')", "success", "1==1&&2==2", "!(1==1)", "github.ref=='x'", "$", "github.réf", "@", "matrix.node > 17", "matrix.node == '18'",
    "github.event.draft == 'false'", "github.event.draft == false", "github.event.Nothing == ''", "github.head_ref || github.run_id", "github.head_ref == ''", "'\u0131' == 'I'", "'ß' == 'SS'", "'i' == 'İ'", "'ꙋ' < 'ꙋa'", "'\U0001f600' < '\uffee'",
]  # fmt: skip


def generated(count: int) -> list[str]:
    """Expressions of every shape, the same ones every time; some are wrong on purpose."""
    chance = random.Random(20261121)
    atoms = [
        "1",
        "0",
        "-1",
        "18",
        "1.5",
        "'18'",
        "''",
        "'Main'",
        "'main'",
        "'x'",
        "'true'",
        "true",
        "false",
        "null",
        "NaN",
        "github",
        "github.ref",
        "github.event",
        "github.event.labels",
        "github.event.labels.*.name",
        "github.head_ref",
        "matrix.flags",
        "matrix.node",
        "needs.*.result",
        "empty",
        "'[1, \"a\"]'",
        "'{0}{1}'",
        '\'{"k": {"d": 2}}\'',
    ]
    takes = {"contains": 2, "startsWith": 2, "endsWith": 2, "format": 3, "join": 2, "toJSON": 1, "fromJSON": 1, "case": 3}

    def make(depth: int) -> str:
        if depth == 0 or chance.random() < 0.2:
            return chance.choice(atoms)
        match chance.randrange(8):
            case 0 | 1:
                return f"{make(depth - 1)} {chance.choice(['==', '!=', '<', '<=', '>', '>='])} {make(depth - 1)}"
            case 2 | 3:
                return f"{make(depth - 1)} {chance.choice(['&&', '||'])} {make(depth - 1)}"
            case 4:
                return f"!{make(depth - 1)}"
            case 5:
                return f"({make(depth - 1)})" + chance.choice(["", ".a", "[0]", ".*", "['k']", ".*.name"])
            case 6:
                name = chance.choice(list(takes))
                number = takes[name] + (chance.choice([-1, 1]) if chance.random() < 0.05 else 0)
                return f"{name}({', '.join(make(depth - 1) for _ in range(number))})"
            case _:
                return f"github[{make(depth - 1)}]"

    texts = [make(chance.randrange(1, 5)) for _ in range(count)]
    for index in range(0, count, 10):  # one in ten is damaged
        at = chance.randrange(len(texts[index]) + 1)
        texts[index] = texts[index][:at] + chance.choice(["", ")", "(", "'", ".", " ", "&", "[", "]", ",", "!"]) + texts[index][at + 1 :]
    return texts


def theirs(texts: list[str]) -> list[dict[str, Any]]:
    lines = "".join(json.dumps({"expression": text, "contexts": CONTEXTS}) + "\n" for text in texts)
    done = subprocess.run(["node", str(DRIVER), PACKAGE], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(text: str) -> dict[str, Any]:
    tree = parse(text)
    if isinstance(tree, Mistake):
        return {"error": tree.message}
    for reference in references(tree):
        if reference.path[0] not in CONTEXTS:
            return {"error": f"no context {reference.path[0]}"}
    for part in walk(tree):
        if isinstance(part, Call):
            function = FUNCTIONS.get(part.name.lower())
            number = len(part.arguments)
            if function is None or number < function.least or (function.most is not None and number > function.most):
                return {"error": f"no {part.name} of {number} arguments"}
            if part.name.lower() == "case" and number % 2 == 0:
                return {"error": "case of an even number of arguments"}
    try:
        return {"value": seen(evaluate(tree, CONTEXTS))}
    except Failed as failed:
        return {"error": str(failed)}


def seen(value: Any) -> Any:
    match value:
        case bool() | str() | None:
            return value
        case float() | int():
            return {"number": text_of(float(value)) if not math.isnan(value) else "NaN"}
        case list():
            return [seen(item) for item in value]
        case _:
            return {"object": [[key, seen(item)] for key, item in value.items()]}


# What we do on purpose otherwise than the package, as the runner does it.
KNOWN = {
    "": "an empty text is no expression",
    " ": "an empty text is no expression",
    "'a'''": "every doubled quote is one quote, the package replaces the first only",
}


def differences(texts: list[str]) -> list[str]:
    found = []
    for text, wanted in zip(texts, theirs(texts), strict=True):
        got = ours(text)
        if ("error" in got) != ("error" in wanted) or got.get("value") != wanted.get("value"):
            found.append(f"{text!r}: ours {got}, theirs {wanted}")
    return found


def test_written() -> None:
    assert differences([text for text in WRITTEN if text not in KNOWN]) == []


def test_generated() -> None:
    assert differences(generated(5000)) == []
