"""The syntax of actions (`action.yml`): composite, JavaScript and Docker ones (state: November 2026)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.model.value import Value
from auditor.model.written import Table
from auditor.views.github import ids
from auditor.views.github.names import nearest
from auditor.views.github.reading import Trail, down, entries, is_open, text_at
from auditor.views.github.syntax import structure
from auditor.views.github.syntax.shape import ANYTHING, Scalar, Shape, flag, mapping, section, text, texts
from auditor.views.github.syntax.walk import Problem, node_at

_S = "action.steps"
_ENV = replace(mapping("env", text("environment variable", _S, blank=True), key=_S), expression=frozenset({"object"}))
_STEP = section(
    "step",
    {
        "id": text("id"),
        "if": Shape("if", Scalar("any"), key=f"{_S}.if"),
        "name": text("name", _S, blank=True),
        "env": _ENV,
        "continue-on-error": flag("continue-on-error", _S),
        "run": text("run", _S),
        "shell": text("shell", _S),
        "working-directory": text("working-directory", _S),
        "uses": text("uses"),
        "with": mapping("with", text("input", _S, blank=True), key=_S),
    },
)
_COLORS = "white black yellow blue green orange red purple gray-dark"
_INPUT = section(
    "input",
    {
        "description": text("description", blank=True),
        "required": Shape("required", Scalar("any", blank=True), blank=True),
        "default": Shape("default", Scalar("any", blank=True), blank=True, key="action.inputs.default"),
        "deprecationMessage": text("deprecationMessage"),
        "type": text("type"),
    },
    blank=True,
)
_RUNS = {
    "using": text("using"),
    "main": text("main"),
    "pre": text("pre"),
    "pre-if": Shape("pre-if", Scalar("any"), key="action.runs.if"),
    "post": text("post"),
    "post-if": Shape("post-if", Scalar("any"), key="action.runs.if"),
    "steps": Shape("steps", items=_STEP, filled=True),
    "image": text("image"),
    "pre-entrypoint": text("pre-entrypoint"),
    "entrypoint": text("entrypoint"),
    "post-entrypoint": text("post-entrypoint"),
    "args": texts("args", _S, item="argument"),
    "env": _ENV,
    "plugin": ANYTHING,
}
_RUNS["args"] = replace(_RUNS["args"], items=text("argument", "action.outputs.value", blank=True), filled=False)

ACTION = section(
    "action",
    {
        "name": text("name"),
        "author": text("author", blank=True),
        "description": text("description"),
        "inputs": mapping("inputs", _INPUT, blank=True),
        "outputs": mapping(
            "outputs",
            section("output", {"description": text("description", blank=True), "value": text("value", "action.outputs.value")}, blank=True),
            blank=True,
        ),
        "runs": section("runs", _RUNS, "using"),
        "branding": section("branding", {"icon": text("icon"), "color": text("color", choice=_COLORS)}, blank=True),
    },
    "name description runs",
)

RUNTIMES = frozenset({"node20", "node24"})
RETIRED = {"node12": "2023-06-14", "node16": "2024-11-12"}
"""Runtime -> the day from which GitHub runs its actions on another one."""
_NODE = frozenset({"main", "pre", "pre-if", "post", "post-if"})
_DOCKER = frozenset({"image", "pre-entrypoint", "entrypoint", "post-entrypoint", "args", "env", "pre-if", "post-if"})
_KEYS = {"composite": frozenset({"steps"}), "docker": _DOCKER, "node": _NODE}
_REQUIRED = {"composite": "steps", "docker": "image", "node": "main"}


def problems(root: Value) -> Iterator[Problem]:
    """What the table cannot say of an action: the keys that its kind takes, and its steps."""
    runs = down(root, "runs")
    using = text_at(root, "runs", "using")
    if runs is None or not isinstance(runs.data, dict) or using is None or is_open(runs):
        return
    where = node_at(runs.data["using"], ("runs", "using"))
    kind = "node" if using in RUNTIMES or using in RETIRED else using
    if using in RETIRED:
        yield Problem("runtime", where, f"the runtime {using} is switched off since {RETIRED[using]}", "node24")
    if kind not in _KEYS:
        known = sorted({"composite", "docker", *RUNTIMES})
        yield Problem("choice", where, f"there is no kind of action {using!r}{nearest(using, known)}", f"one of {', '.join(known)}")
        return
    keys = runs.data.keys_at if isinstance(runs.data, Table) else {}
    for name, value in entries(runs):
        if name in _RUNS and name != "using" and name not in _KEYS[kind]:
            yield Problem("step", node_at(keys.get(name, value), ("runs", name)), f"an action of the kind {using} has no {name!r}")
    if _REQUIRED[kind] not in runs.data:
        yield Problem("missing", where, f"an action of the kind {using} has no {_REQUIRED[kind]}", _REQUIRED[kind])
    if kind == "composite":
        yield from _composite(root, runs)


def _composite(root: Value, runs: Value) -> Iterator[Problem]:
    trail: Trail = ("runs",)
    yield from structure.steps(runs, trail)
    yield from ids.of_steps(runs, ("runs",))
    listed = down(runs, "steps")
    for number, step in enumerate(listed.data if listed is not None and isinstance(listed.data, list) else ()):
        if isinstance(step.data, dict) and "run" in step.data and "shell" not in step.data:
            key = step.data.keys_at.get("run") if isinstance(step.data, Table) else None
            where = node_at(step if key is None else key, (*trail, "steps", number, "run"))
            yield Problem("missing", where, "a script in an action names its shell", "shell")
    for name, output in entries(root, "outputs"):
        if isinstance(output.data, dict) and "value" not in output.data:
            yield Problem("missing", node_at(output, ("outputs", name)), f"the output {name!r} has no value", "value")
