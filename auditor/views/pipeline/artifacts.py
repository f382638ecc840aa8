"""Artifacts that GitHub's jobs hand to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.views.pipeline.model import Pipeline, Step, given
from auditor.views.pipeline.reading import field, text

_UPLOAD = ("actions/upload-artifact", "actions/upload-artifact/merge")
_DOWNLOAD = ("actions/download-artifact",)
DEFAULT = "artifact"
"""The name where none is given."""


@dataclass(frozen=True, slots=True, eq=False)
class Artifact:
    """One upload or download. `name` is None where it is made of expressions, or where several are meant."""

    step: Step
    where: Node
    name: str | None


def uploads(pipeline: Pipeline) -> Iterator[Artifact]:
    """What the jobs of a pipeline upload."""
    return (_artifact(step) for step in pipeline.steps if step.calls(*_UPLOAD))


def downloads(pipeline: Pipeline) -> Iterator[Artifact]:
    """What they download by name from their own run."""
    for step in pipeline.steps:
        inputs = step.uses.inputs if step.uses else None
        if step.calls(*_DOWNLOAD) and inputs is not None:
            elsewhere = any(given(field(inputs, name)) for name in ("run-id", "repository", "pattern", "artifact-ids", "github-token"))
            if given(field(inputs, "name")) and not elsewhere:
                yield _artifact(step)


def _artifact(step: Step) -> Artifact:
    name = field(step.uses.inputs, "name") if step.uses else step.where
    where = name if given(name) else step.uses.where if step.uses else step.where
    written = text(name) if given(name) else DEFAULT
    return Artifact(step, where, None if "${{" in written else written)
