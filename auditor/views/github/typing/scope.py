"""What every context holds at a place of a workflow or of an action."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.model.value import Value
from auditor.views.github.actions import known_outputs
from auditor.views.github.expression import Mistake, parse
from auditor.views.github.reading import Trail, down, entries, is_open, items, steps_in, text_at, trigger_names
from auditor.views.github.repository import local_action, local_workflow
from auditor.views.github.typing import contexts
from auditor.views.github.typing.availability import allowed_at
from auditor.views.github.typing.check import check
from auditor.views.github.typing.matrix import matrix_type
from auditor.views.github.typing.types import ANY, BOOL, NUMBER, OPEN, STRING, TEXTS, Before, Object, Type, union

_INPUT_TYPES = {"string": STRING, "boolean": BOOL, "number": NUMBER, "choice": STRING, "environment": STRING}
_CALL_TYPES = {"string": STRING, "boolean": BOOL, "number": NUMBER}


@dataclass(frozen=True, slots=True)
class _Outline:
    """The steps of a job that have an id, and their `numbers`; `opened`: the first whose id is not known."""

    known: dict[str, Type]
    order: dict[str, int]
    numbers: list[int]
    opened: int | None


class Scope:
    """The types of the contexts of one file, by the place in it."""

    def __init__(self, resource: Resource, graph: Graph) -> None:
        self.resource = resource
        self.graph = graph
        self.root = resource.body.value_
        self._jobs: dict[str, Mapping[str, Type]] = {}
        self._steps: dict[tuple[str | int, ...], _Outline] = {}

    def at(self, trail: Trail, key: str) -> Mapping[str, Type]:
        """Context name -> its type at a place."""
        if self.resource.kind == "github_action":
            return self._in_action(trail)
        if len(trail) >= 2 and trail[0] == "jobs" and isinstance(trail[1], str):
            return self._in_job(trail)
        types = dict(self._everywhere)
        if key == "on.workflow_call.inputs.<inputs_id>.default":
            types["inputs"] = self._inputs_before(str(trail[3]))
        types["jobs"] = self._all_jobs
        return types

    # -- the whole file

    @cached_property
    def _everywhere(self) -> dict[str, Type]:
        return {
            "github": contexts.github(self._event),
            "env": TEXTS,
            "vars": TEXTS,
            "secrets": self._secrets,
            "inputs": self._inputs,
            "runner": contexts.RUNNER,
            "job": contexts.JOB,
            "strategy": contexts.STRATEGY,
        }

    @cached_property
    def _triggers(self) -> dict[str, Value | None] | None:
        return trigger_names(self.root)

    @cached_property
    def _event(self) -> Type:
        if self._triggers is None or "workflow_dispatch" not in self._triggers:
            return contexts.EVENT
        declared = down(self._triggers["workflow_dispatch"], "inputs")
        if is_open(self._triggers["workflow_dispatch"]) or is_open(declared):
            return contexts.EVENT
        return Object({"inputs": Object({name.lower(): STRING for name, _ in entries(declared)})}, ANY)

    @cached_property
    def _inputs(self) -> Type:
        if self._triggers is None:
            return OPEN
        found: dict[str, Type] = {}
        for event, known in (("workflow_dispatch", _INPUT_TYPES), ("workflow_call", _CALL_TYPES)):
            config = self._triggers.get(event)
            declared = down(config, "inputs")
            if is_open(config) or is_open(declared):
                return OPEN
            for name, value in entries(declared):
                kind = known.get(text_at(value, "type") or "", ANY)
                key = name.lower()
                found[key] = union([found[key], kind]) if key in found else kind
        return Object(found)

    def _inputs_before(self, name: str) -> Type:
        """The inputs that are declared above one of them: a default may use no others."""
        if not isinstance(self._inputs, Object) or self._inputs.others is not None:
            return self._inputs
        order = self._input_order
        return Object(Before(self._inputs.entries, order, order.get(name.lower(), len(order))))

    @cached_property
    def _input_order(self) -> dict[str, int]:
        return {name.lower(): number for number, (name, _) in enumerate(entries(self.root, "on", "workflow_call", "inputs"))}

    @cached_property
    def _secrets(self) -> Type:
        """Only a workflow that can only be called, and says what secrets it takes, has no others."""
        if self._triggers is None or set(self._triggers) != {"workflow_call"}:
            return TEXTS
        config = self._triggers["workflow_call"]
        declared = down(config, "secrets")
        if declared is None or is_open(config) or is_open(declared):
            return TEXTS
        return Object({**contexts.GIVEN_SECRETS, **{name.lower(): STRING for name, _ in entries(declared)}})

    # -- jobs

    def _in_job(self, trail: Trail) -> Mapping[str, Type]:
        name = str(trail[1])
        if name not in self._jobs:
            job = down(self.root, "jobs", name)
            known = {**self._everywhere, "needs": self._needs(job)}
            if job is not None:
                known["matrix"] = matrix_type(job, lambda source: self._strategy_type(source, known))
            self._jobs[name] = known
        types = dict(self._jobs[name])
        number = trail[3] if len(trail) > 3 and trail[2] == "steps" and isinstance(trail[3], int) else None
        types["steps"] = self._steps_before(("jobs", name, "steps"), number)
        return types

    def _strategy_type(self, source: str, types: Mapping[str, Type]) -> Type:
        """The type of an expression in a strategy."""
        tree = parse(source)
        return ANY if isinstance(tree, Mistake) else check(tree, types, allowed_at("jobs.<job_id>.strategy"))[0]

    def _needs(self, job: Value | None) -> Type:
        needs = down(job, "needs")
        if is_open(needs):
            return OPEN
        found: dict[str, Type] = {}
        for _, item in items(needs):
            name = str(item.data).lower()
            jobs = self._all_jobs
            found[name] = jobs.entries.get(name, ANY) if isinstance(jobs, Object) else ANY
        return Object(found)

    @cached_property
    def _all_jobs(self) -> Type:
        jobs = down(self.root, "jobs")
        if is_open(jobs):
            return OPEN
        return Object({name.lower(): contexts.job(self._job_outputs(job)) for name, job in entries(jobs)})

    def _job_outputs(self, job: Value) -> Type:
        if is_open(job):
            return OPEN
        uses = text_at(job, "uses")
        if uses is not None or is_open(down(job, "uses")):
            callee = local_workflow(self.resource, self.graph, uses) if uses and uses.startswith("./") else None
            if callee is None:
                return TEXTS
            return declared(down(callee.body.value_, "on", "workflow_call"), "outputs")
        return declared(job, "outputs")

    # -- steps

    def _steps_before(self, where: tuple[str | int, ...], number: int | None) -> Type:
        """What `steps` holds before a step, or after the last one."""
        if where not in self._steps:
            self._steps[where] = self._identified(down(self.root, *where[:-1]))
        outline = self._steps[where]
        limit = len(outline.numbers) if number is None else bisect_left(outline.numbers, number)
        opened = outline.opened is not None and (number is None or outline.opened < number)
        return Object(Before(outline.known, outline.order, limit), ANY if opened else None)

    def _identified(self, holder: Value | None) -> _Outline:
        """The steps that have an id."""
        known: dict[str, Type] = {}
        numbers: list[int] = []
        opened: int | None = -1 if is_open(down(holder, "steps")) else None
        for below, step in steps_in(holder):
            number = int(below[1])
            name = down(step, "id")
            if is_open(name):
                opened = number if opened is None else opened
            elif name is not None and isinstance(name.data, str) and name.data.lower() not in known:
                known[name.data.lower()] = contexts.step(self.step_outputs(step))
                numbers.append(number)
        return _Outline(known, {name: order for order, name in enumerate(known)}, numbers, opened)

    def step_outputs(self, step: Value) -> Type:
        """What a step puts out: what its action declares, anything for a script."""
        uses = text_at(step, "uses")
        if uses is None or "${{" in uses:
            return TEXTS
        if uses.startswith("./"):
            action = local_action(self.resource, self.graph, uses)
            return declared(action.body.value_, "outputs") if action is not None else TEXTS
        known = known_outputs(uses)
        return TEXTS if known is None else Object(dict.fromkeys(known, STRING))

    # -- actions

    def _in_action(self, trail: Trail) -> Mapping[str, Type]:
        inputs = declared(self.root, "inputs")
        types: dict[str, Type] = {
            "github": contexts.GITHUB,
            "env": TEXTS,
            "runner": contexts.RUNNER,
            "job": contexts.JOB,
            "strategy": contexts.STRATEGY,
            "matrix": OPEN,
            "inputs": inputs,
        }
        number = trail[2] if len(trail) > 2 and trail[:2] == ("runs", "steps") and isinstance(trail[2], int) else None
        types["steps"] = self._steps_before(("runs", "steps"), number)
        return types


def declared(holder: Value | None, name: str) -> Type:
    """An object of texts with the names that a mapping declares; open when that is not known."""
    section = down(holder, name)
    if is_open(holder) or is_open(section) or (section is not None and isinstance(section.data, str)):
        return TEXTS
    return Object({key.lower(): STRING for key, _ in entries(section)})
