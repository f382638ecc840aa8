"""Which contexts and which special functions the expressions of a workflow key may use (GitHub's table, state: November 2026)."""

from __future__ import annotations

from dataclasses import dataclass

_J = "jobs.<job_id>"
_CALL = "github inputs vars"
_PLAN = "github needs strategy matrix vars inputs"
_PLAN_SECRETS = f"{_PLAN} secrets"
_LOGIN = f"{_PLAN} env secrets"
_RUNNING = f"{_PLAN} job runner env secrets"
_STEP = f"{_RUNNING} steps"
_STATUS = "always cancelled success failure"

_KEYS: dict[str, tuple[str, str]] = {
    "run-name": (_CALL, ""),
    "concurrency": (_CALL, ""),
    "env": ("github secrets inputs vars", ""),
    f"{_J}.concurrency": (_PLAN, ""),
    f"{_J}.container": (_PLAN, ""),
    f"{_J}.container.credentials": (_LOGIN, ""),
    f"{_J}.container.env.<env_id>": (_RUNNING, ""),
    f"{_J}.container.image": (_PLAN, ""),
    f"{_J}.continue-on-error": (_PLAN, ""),
    f"{_J}.defaults.run": (f"{_PLAN} env", ""),
    f"{_J}.env": (_PLAN_SECRETS, ""),
    f"{_J}.environment": (_PLAN, ""),
    f"{_J}.environment.url": (f"{_PLAN} job runner env steps", ""),
    f"{_J}.if": ("github needs vars inputs", _STATUS),
    f"{_J}.name": (_PLAN, ""),
    f"{_J}.outputs.<output_id>": (_STEP, ""),
    f"{_J}.runs-on": (_PLAN, ""),
    f"{_J}.secrets.<secrets_id>": (_PLAN_SECRETS, ""),
    f"{_J}.services": (_PLAN, ""),
    f"{_J}.services.<service_id>.credentials": (_LOGIN, ""),
    f"{_J}.services.<service_id>.env.<env_id>": (_RUNNING, ""),
    f"{_J}.snapshot.if": (_PLAN, ""),
    f"{_J}.steps.continue-on-error": (_STEP, "hashfiles"),
    f"{_J}.steps.env": (_STEP, "hashfiles"),
    f"{_J}.steps.if": (f"{_PLAN} job runner env steps", f"{_STATUS} hashfiles"),
    f"{_J}.steps.name": (_STEP, "hashfiles"),
    f"{_J}.steps.run": (_STEP, "hashfiles"),
    f"{_J}.steps.timeout-minutes": (_STEP, "hashfiles"),
    f"{_J}.steps.with": (_STEP, "hashfiles"),
    f"{_J}.steps.working-directory": (_STEP, "hashfiles"),
    f"{_J}.strategy": ("github needs vars inputs", ""),
    f"{_J}.timeout-minutes": (_PLAN, ""),
    f"{_J}.with.<with_id>": (_PLAN, ""),
    "on.workflow_call.inputs.<inputs_id>.default": (_CALL, ""),
    "on.workflow_call.outputs.<output_id>.value": ("github jobs vars inputs", ""),
    "action.inputs.default": ("github strategy matrix job runner", "hashfiles"),
    "action.outputs.value": ("github inputs strategy matrix job runner env steps", ""),
    "action.steps": ("github inputs strategy matrix job runner env steps", "hashfiles"),
    "action.steps.if": ("github inputs strategy matrix job runner env steps", f"{_STATUS} hashfiles"),
    "action.runs.if": ("github inputs strategy matrix job runner env", _STATUS),
}

CONTEXTS = frozenset({"github", "env", "vars", "job", "jobs", "steps", "runner", "secrets", "strategy", "matrix", "needs", "inputs"})
SPECIAL = frozenset({*_STATUS.split(), "hashfiles"})
"""Functions that only some keys may call, in lower case."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The contexts and the special functions that a key may use."""

    contexts: frozenset[str]
    functions: frozenset[str]


_NOTHING = Allowed(frozenset(), frozenset())
_ALLOWED = {key: Allowed(frozenset(contexts.split()), frozenset(functions.split())) for key, (contexts, functions) in _KEYS.items()}


def allowed_at(key: str) -> Allowed:
    """What a workflow key may use; a key without an entry has no expressions."""
    return _ALLOWED.get(key, _NOTHING)


def keys_with(function: str) -> list[str]:
    """The workflow keys that may call a special function."""
    return [key for key, allowed in _ALLOWED.items() if function in allowed.functions and not key.startswith("action.")]
