"""The syntax of workflows, as GitHub documents it (state: November 2026)."""

from __future__ import annotations

from dataclasses import replace

from auditor.views.github.syntax.shape import ANYTHING, Scalar, Shape, flag, mapping, number, section, text, texts

_OBJECT = frozenset({"object"})


def _env(key: str, name: str = "env") -> Shape:
    return replace(mapping(name, text("environment variable", key, blank=True), key=key), expression=_OBJECT)


# -- on


def _filtered() -> Shape:
    keys = "branches", "branches-ignore", "tags", "tags-ignore", "paths", "paths-ignore", "types", "workflows"
    return section("event", {name: texts(name, single=True) for name in keys}, blank=True)


_DISPATCH_INPUT = section(
    "input",
    {
        "description": text("description", blank=True),
        "required": flag("required"),
        "default": text("default", blank=True),
        "type": text("type", choice="string number boolean choice environment"),
        "options": texts("options", item="option"),
        "deprecationMessage": text("deprecationMessage", blank=True),
    },
    blank=True,
)
_CALL_INPUT = section(
    "input",
    {
        "description": text("description", blank=True),
        "required": flag("required"),
        "default": Shape("default", Scalar("any", blank=True), blank=True, key="on.workflow_call.inputs.<inputs_id>.default"),
        "type": text("type", choice="string number boolean"),
        "deprecationMessage": text("deprecationMessage", blank=True),
    },
    "type",
)
_CALL_SECRET = section("secret", {"description": text("description", blank=True), "required": flag("required")}, blank=True)
_CALL_OUTPUT = section(
    "output",
    {"description": text("description", blank=True), "value": text("value", "on.workflow_call.outputs.<output_id>.value")},
    "value",
)
_EVENTS = {
    "schedule": Shape(
        "schedule", items=section("schedule item", {"cron": text("cron"), "timezone": text("timezone")}, "cron"), filled=True
    ),
    "workflow_dispatch": section("workflow_dispatch", {"inputs": mapping("inputs", _DISPATCH_INPUT, blank=True)}, blank=True),
    "repository_dispatch": section("repository_dispatch", {"types": texts("types", single=True)}, blank=True),
    "workflow_call": section(
        "workflow_call",
        {
            "inputs": mapping("inputs", _CALL_INPUT, blank=True),
            "secrets": mapping("secrets", _CALL_SECRET, blank=True),
            "outputs": mapping("outputs", _CALL_OUTPUT, blank=True),
        },
        blank=True,
    ),
    "image_version": section(
        "image_version", {"types": texts("types", single=True), "names": texts("names"), "versions": texts("versions")}, blank=True
    ),
}
_ON = Shape("on", Scalar(), items=text("event"), keys=_EVENTS, values=_filtered(), filled=True)

# -- jobs

_PERMISSIONS = Shape("permissions", Scalar(), values=text("permission"), cased=True)


def _concurrency(key: str) -> Shape:
    keys = {
        "group": text("group", key),
        "cancel-in-progress": flag("cancel-in-progress", key),
        "queue": text("queue", key, choice="single max"),
    }
    return Shape("concurrency", Scalar(), keys=keys, required=("group",), key=key)


def _defaults(key: str) -> Shape:
    run = section("run", {"shell": text("shell", key), "working-directory": text("working-directory", key)}, key=key)
    return section("defaults", {"run": run}, "run", key=key)


def _container(key: str, name: str, more: tuple[str, ...] = ()) -> Shape:
    inner = f"{key}.<service_id>" if name == "service" else key
    credentials = f"{inner}.credentials"
    keys = {
        "image": text("image", f"{key}.image" if name == "container" else key),
        "credentials": replace(
            section(
                "credentials",
                {"username": text("username", credentials), "password": text("password", credentials)},
                "username password",
                key=credentials,
            ),
            expression=_OBJECT,
        ),
        "env": _env(f"{inner}.env.<env_id>"),
        "ports": texts("ports", key, item="port"),
        "volumes": texts("volumes", key, item="volume"),
        "options": text("options", key, blank=True),
        **{it: text(it, key, blank=True) for it in more},
    }
    return Shape(name, Scalar(), keys=keys, required=("image",), key=key, expression=frozenset({"object", "string"}))


_J = "jobs.<job_id>"
_S = f"{_J}.steps"

_STEP_KEYS = {
    "id": text("id"),
    "if": Shape("if", Scalar("any"), key=f"{_S}.if"),
    "name": text("name", f"{_S}.name", blank=True),
    "env": _env(f"{_S}.env"),
    "continue-on-error": flag("continue-on-error", f"{_S}.continue-on-error"),
    "timeout-minutes": number("timeout-minutes", f"{_S}.timeout-minutes"),
    "run": text("run", f"{_S}.run"),
    "shell": text("shell"),
    "working-directory": text("working-directory", f"{_S}.working-directory"),
    "uses": text("uses"),
    "with": mapping("with", text("input", f"{_S}.with", blank=True), key=f"{_S}.with", filled=True),
    "background": flag("background"),
    "wait": texts("wait", single=True, item="step"),
    "wait-all": Shape("wait-all", Scalar("flag"), blank=True),
    "cancel": text("cancel"),
}
_STEP = section("step", _STEP_KEYS)
_STEP_KEYS["parallel"] = Shape("parallel", items=_STEP, filled=True)
STEP_KINDS = ("run", "uses", "wait", "wait-all", "cancel", "parallel")
"""What a step does: exactly one of these."""
RUN_KEYS = frozenset({"run", "shell", "working-directory"})
USES_KEYS = frozenset({"uses", "with"})

_RUNS_ON = Shape(
    "runs-on",
    Scalar(),
    items=text("label", f"{_J}.runs-on"),
    keys={"group": text("group", f"{_J}.runs-on"), "labels": texts("labels", f"{_J}.runs-on", single=True, item="label")},
    filled=True,
    key=f"{_J}.runs-on",
    expression=frozenset({"string", "array", "object"}),
)
_ROW = Shape("matrix values", items=ANYTHING, filled=True, key=f"{_J}.strategy", expression=frozenset({"array"}))
_COMBINATIONS = replace(_ROW, items=Shape("combination", values=ANYTHING, expression=_OBJECT, filled=True), expression=frozenset({"array"}))
_STRATEGY = section(
    "strategy",
    {
        "matrix": Shape(
            "matrix",
            keys={"include": replace(_COMBINATIONS, name="include"), "exclude": replace(_COMBINATIONS, name="exclude")},
            values=_ROW,
            key=f"{_J}.strategy",
            expression=_OBJECT,
        ),
        "fail-fast": flag("fail-fast", f"{_J}.strategy"),
        "max-parallel": number("max-parallel", f"{_J}.strategy", whole=True),
    },
    key=f"{_J}.strategy",
)
_ENVIRONMENT = Shape(
    "environment",
    Scalar(),
    keys={
        "name": text("name", f"{_J}.environment"),
        "url": text("url", f"{_J}.environment.url"),
        "deployment": flag("deployment", f"{_J}.environment"),
    },
    required=("name",),
    key=f"{_J}.environment",
)
_SNAPSHOT = Shape(
    "snapshot",
    Scalar(),
    keys={
        "image-name": text("image-name"),
        "version": text("version"),
        "if": Shape("if", Scalar("any"), key=f"{_J}.snapshot.if"),
    },
    required=("image-name",),
)
_SERVICES = replace(
    mapping("services", _container(f"{_J}.services", "service", ("entrypoint", "command")), key=f"{_J}.services"), expression=_OBJECT
)

_JOB = section(
    "job",
    {
        "name": text("name", f"{_J}.name", blank=True),
        "needs": texts("needs", single=True, item="job"),
        "runs-on": _RUNS_ON,
        "permissions": _PERMISSIONS,
        "environment": _ENVIRONMENT,
        "concurrency": _concurrency(f"{_J}.concurrency"),
        "outputs": mapping("outputs", text("output", f"{_J}.outputs.<output_id>", blank=True), key=f"{_J}.outputs.<output_id>"),
        "env": _env(f"{_J}.env"),
        "defaults": _defaults(f"{_J}.defaults.run"),
        "if": Shape("if", Scalar("any"), key=f"{_J}.if"),
        "steps": Shape("steps", items=_STEP, filled=True),
        "timeout-minutes": number("timeout-minutes", f"{_J}.timeout-minutes"),
        "cancel-timeout-minutes": number("cancel-timeout-minutes", f"{_J}.timeout-minutes"),
        "strategy": _STRATEGY,
        "continue-on-error": flag("continue-on-error", f"{_J}.continue-on-error"),
        "container": _container(f"{_J}.container", "container"),
        "services": _SERVICES,
        "snapshot": _SNAPSHOT,
        "uses": text("uses"),
        "with": mapping("with", Shape("input", Scalar("any", blank=True), blank=True, key=f"{_J}.with.<with_id>")),
        "secrets": Shape("secrets", Scalar(choice=frozenset({"inherit"})), values=text("secret", f"{_J}.secrets.<secrets_id>")),
    },
)
CALL_KEYS = frozenset({"name", "uses", "with", "secrets", "needs", "if", "permissions", "strategy", "concurrency"})
ONLY_CALL_KEYS = frozenset({"with", "secrets"})

WORKFLOW = section(
    "workflow",
    {
        "name": text("name", blank=True),
        "description": text("description", blank=True),
        "run-name": text("run-name", "run-name"),
        "on": _ON,
        "permissions": _PERMISSIONS,
        "env": _env("env"),
        "defaults": _defaults(""),
        "concurrency": _concurrency("concurrency"),
        "jobs": mapping("jobs", _JOB, filled=True),
    },
    "on jobs",
)
