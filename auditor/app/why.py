"""The use case of `auditor why`: from the text of an error to the layer and the statement that deny, and to the change that helps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from auditor.app.graph import load, location
from auditor.app.inputs import Request
from auditor.model.error import InputError
from auditor.model.graph import Graph
from auditor.model.redacted_text import mask_text
from auditor.model.resource import Resource
from auditor.views.iam.applied import Applied
from auditor.views.iam.decision import Verdict
from auditor.views.iam.denial import Denial, parse
from auditor.views.iam.evidence import decide
from auditor.views.iam.hole import starred
from auditor.views.iam.layers import Layer
from auditor.views.iam.question import Answer
from auditor.views.iam.remedy import remedies


@dataclass(frozen=True, slots=True)
class Supplement:
    """What the user says beyond the text: it goes before what the text tells."""

    principal: str = ""
    action: str = ""
    resource: str = ""
    context: Mapping[str, str] = field(default_factory=dict)


def denial(text: str, more: Supplement) -> Denial:
    """What the text and the user tell together. Raises `InputError` when that is no question yet."""
    told = parse(text) or Denial()
    told = replace(
        told,
        principal=more.principal or told.principal,
        action=more.action or told.action,
        resource=more.resource or told.resource,
        context={**told.context, **more.context},
    )
    if not told.action:
        raise InputError("the text does not say which access was denied", hint="name it: --action s3:GetObject")
    if not told.principal:
        raise InputError("the text does not say whose access was denied", hint="name the role, user or service: --principal ARN")
    return told


def why(request: Request, told: Denial) -> Answer:
    """Decide over the denied request from what is in the tree. Raises `AuditorError` for what the user can mend."""
    return answer([graph for graph, _ in load(request)], told)


def answer(graphs: Iterable[Graph], told: Denial) -> Answer:
    """Decide over a denied request from graphs."""
    return decide(tuple(graphs), told.principal, told.action, told.resource, told.context, blamed=told.blamed)


def document(found: Answer, told: Denial) -> dict[str, Any]:
    """The JSON document; `auditor schema why` describes it."""
    decision = found.decision
    return {
        "version": "1",
        "question": {"kind": "access", "principal": told.principal, "action": told.action, "resource": _shown(told.resource)},
        "decision": decision.effect.value,
        "layers": [_layer(verdict) for verdict in decision.layers if _takes_part(verdict, told.blamed)],
        "blocking": [layer.value for layer in decision.blocking],
        "fix": [
            {
                "resource": remedy.resource.address.text,
                "location": location(remedy.span),
                "patch": mask_text(starred(remedy.patch)),
            }
            for remedy in remedies(found)
        ],
        "depends_on": [mask_text(starred(doubt)) for doubt in decision.doubts],
        "blamed": told.blamed.value if told.blamed else None,
    }


def _shown(text: str | None) -> str | None:
    return None if text is None else starred(text)


def _takes_part(verdict: Verdict, blamed: Layer | None) -> bool:
    """A layer of which there is nothing to say is left out, except those that every request has."""
    always = verdict.layer in (Layer.IDENTITY, Layer.RESOURCE, Layer.KMS, Layer.TRUST, blamed)
    return always or bool(verdict.statements) or verdict.layer not in (Layer.GROUP, Layer.RCP)


def _layer(verdict: Verdict) -> dict[str, Any]:
    return {
        "layer": verdict.layer.value,
        "effect": verdict.voice.value,
        "statements": [_statement(applied) for applied in verdict.statements],
        "gaps": list(verdict.gaps),
    }


def _statement(applied: Applied) -> dict[str, Any]:
    carrier: Resource = applied.policy.resource
    return {
        "resource": carrier.address.text,
        "attribute": applied.statement.where.path,
        "location": location(applied.statement.where.span),
        "sid": applied.statement.sid,
    }
