"""What the table of the syntax cannot say: which keys of a job and of a step belong together."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.value import Unknown, Value
from auditor.model.written import Table
from auditor.views.github.reading import Trail, down, entries, steps_in
from auditor.views.github.syntax.walk import Problem, node_at
from auditor.views.github.syntax.workflow import CALL_KEYS, ONLY_CALL_KEYS, RUN_KEYS, STEP_KINDS, USES_KEYS


def problems(root: Value) -> Iterator[Problem]:
    """The faults in how the jobs and steps of a workflow are put together."""
    yield from _unconfigured(root)
    jobs = down(root, "jobs")
    for name, job in entries(root, "jobs"):
        table = job.data
        if not isinstance(table, dict):
            continue
        trail: Trail = ("jobs", name)
        own = _key(jobs, name) or job
        if "uses" in table:
            for key in table:
                if key not in CALL_KEYS and key != "<<":
                    where = node_at(_key(job, key) or job, (*trail, key))
                    message = f"a job that calls a workflow has no {key!r}"
                    yield Problem("call", where, message, ", ".join(sorted(CALL_KEYS)))
            continue
        for key in ONLY_CALL_KEYS & set(table):
            where = node_at(_key(job, key) or job, (*trail, key))
            yield Problem("call", where, f"{key!r} is for jobs that call a workflow, and this one has no 'uses'", "a key 'uses'")
        lacking = [key for key in ("runs-on", "steps") if (key not in table or _is_blank(table[key])) and "<<" not in table]
        for key in lacking:
            if key == "steps" or key not in table:
                yield Problem("missing", node_at(own, trail), f"the job {name!r} has no {key}", key)
        yield from steps(job, trail)


def steps(holder: Value, trail: Trail) -> Iterator[Problem]:
    """The faults in the steps of a job or of a composite action."""
    for below, step in steps_in(holder):
        table = step.data
        if not isinstance(table, dict) or "<<" in table:
            continue
        here: Trail = (*trail, *below)
        kinds = [key for key in table if key in STEP_KINDS]
        if not kinds:
            yield Problem("step", node_at(step, here), "the step neither runs a script nor uses an action", "run or uses")
        elif len(kinds) > 1:
            first, second = (node_at(_key(step, key) or step, (*here, key)) for key in kinds[:2])
            message = f"a step does one thing, and this one has {kinds[0]!r} and {kinds[1]!r}"
            yield Problem("step", first, message, "two steps", (second,))
        leading = next((key for key in kinds if key in ("run", "uses")), "")
        wrong = {"run": USES_KEYS, "uses": RUN_KEYS}.get(leading, frozenset()) - set(STEP_KINDS)
        for key in table:
            if key in wrong:
                where = node_at(_key(step, key) or step, (*here, key))
                yield Problem("step", where, f"a step that {_DOES[leading]} has no {key!r}")


_DOES = {"run": "runs a script", "uses": "uses an action"}


def _unconfigured(root: Value) -> Iterator[Problem]:
    """`on: schedule` without the times."""
    on = down(root, "on")
    if on is None:
        return
    if on.data == "schedule":
        yield Problem("schedule", node_at(on, ("on",)), "the schedule has no times", "a list of cron expressions")
    elif isinstance(on.data, list):
        for number, item in enumerate(on.data):
            if item.data == "schedule":
                yield Problem("schedule", node_at(item, ("on", number)), "the schedule has no times", "a list of cron expressions")


def _key(holder: Value | None, name: str) -> Value | None:
    data = holder.data if holder is not None else None
    return data.keys_at.get(name) if isinstance(data, Table) else None


def _is_blank(value: Value) -> bool:
    return value.data is None and not isinstance(value.data, Unknown)
