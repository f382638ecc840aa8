"""Variables of Azure's pipelines: the names that `$(Name)` may stand for."""

from __future__ import annotations

import re

from auditor.views.pipeline.model import Step, given
from auditor.views.pipeline.reading import entries, field, items, text

_SET = re.compile(r"task\.setvariable\s+variable=([\w.]+)")
_PREDEFINED = ("agent.", "build.", "system.", "pipeline.", "environment.", "release.", "resources.", "strategy.", "checks.", "common.")


def names_of(step: Step) -> frozenset[str] | None:
    """The variables of a step, in their own spelling; None when a group or template may hold more."""
    body = step.job.pipeline.where
    stages = [it for it in items(body.at("stages")) if text(field(it, "stage")) == text(step.job.stage)]
    found: set[str] = set()
    for holder in (body, *stages, step.job.where):
        table = field(holder, "variables")
        found |= {name for name, _ in entries(table)} if isinstance(table.value, dict) else set()
        for item in items(table):
            if given(field(item, "group")) or given(field(item, "template")):
                return None
            found.add(text(field(item, "name")))
    if step.job.pipeline.doubts or given(body.at("extends")):
        return None
    found |= {name for _, leg in entries(step.job.matrix) if isinstance(leg.value, dict) for name, _ in entries(leg)}
    scripts = (node.text or "" for it in step.job.steps if it.script for node in it.script.texts)
    return frozenset(found | {name for script in scripts for name in _SET.findall(script)} | set(_PREDEFINED))
