"""What to change so that a request is allowed: for each layer in the way, where, and the statement that it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from auditor.model.resource import Resource
from auditor.model.span import Span
from auditor.views.iam.decision import Effect, Verdict
from auditor.views.iam.hole import HOLE
from auditor.views.iam.layers import Layer, Layers
from auditor.views.iam.question import Answer
from auditor.views.iam.request import CallerKind, Context
from auditor.views.policy import Policy


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change: the resource whose text changes, the place, and the statement to add, or the one that has to leave the request out."""

    resource: Resource
    span: Span
    patch: str


def remedies(answer: Answer) -> tuple[Remedy, ...]:
    """The changes that a denied request needs; those to what is not here, or not ours to change, are left out."""
    decision = answer.decision
    if decision.effect not in (Effect.IMPLICIT_DENY, Effect.EXPLICIT_DENY):
        return ()
    found: list[Remedy] = []
    for layer in decision.blocking:
        for verdict in (it for it in decision.verdicts if it.layer is layer):
            found += _excepting(verdict)
            if verdict.denies is False and verdict.allows is False:
                found += _granting(answer, verdict)
    return tuple(dict.fromkeys(found))


def _excepting(verdict: Verdict) -> Iterator[Remedy]:
    """The Deny statements that have to leave the request out."""
    for applied in verdict.statements if verdict.denies else ():
        if applied.policy.resource.address.scheme == "tf":
            node = applied.statement.where
            name = f" {applied.statement.sid}" if applied.statement.sid else ""
            yield Remedy(
                applied.policy.resource,
                node.span,
                f"narrow or remove the Deny statement{name}: {json.dumps(node.plain(), default=str, ensure_ascii=False)}",
            )


def _granting(answer: Answer, verdict: Verdict) -> Iterator[Remedy]:
    """The statement that has to be added, to the first policy of the layer; where there is none, to the principal or the resource."""
    owner = _policy(answer.layers, verdict.layer)
    statement = _statement(answer, verdict.layer)
    if owner is not None and owner.resource.address.scheme == "tf":
        yield Remedy(owner.resource, owner.where.span, json.dumps({"add": statement}, ensure_ascii=False))
        return
    carrier = answer.target if verdict.layer in (Layer.RESOURCE, Layer.KMS, Layer.TRUST) else answer.principal
    if carrier is not None and verdict.layer in (Layer.IDENTITY, Layer.RESOURCE, Layer.KMS, Layer.TRUST):
        yield Remedy(carrier, carrier.span, json.dumps({"add": statement}, ensure_ascii=False))


def _policy(layers: Layers, layer: Layer) -> Policy | None:
    held = {
        Layer.IDENTITY: layers.identity,
        Layer.BOUNDARY: layers.boundary,
        Layer.SESSION: layers.session,
        Layer.ENDPOINT: layers.endpoint,
        layers.kind: layers.resource,
    }.get(layer)
    policies = held.policies if held else tuple(policy for level in layers.scp for policy in level.policies) if layer is Layer.SCP else ()
    return next((policy for policy in policies if policy.resource.address.scheme == "tf" and policy.resource.kind not in _SINGLE), None)


_SINGLE = ("aws_lambda_permission", "aws_kms_grant")
"""The kinds that are one statement each: another one does not fit into them."""


def _statement(answer: Answer, layer: Layer) -> dict[str, Any]:
    request = answer.request
    made: dict[str, Any] = {"Effect": "Allow", "Action": request.action}
    if layer in (Layer.RESOURCE, Layer.KMS, Layer.TRUST):
        made["Principal"] = _principal(answer)
    if layer is Layer.ENDPOINT:
        made["Principal"] = "*"
    if layer is not Layer.TRUST:
        made["Resource"] = "*" if layer is Layer.KMS else request.resource or "*"
    if layer in (Layer.RESOURCE, Layer.KMS, Layer.TRUST) and request.caller.kind is CallerKind.SERVICE:
        made |= _on_behalf(request.context)
    return made


def _on_behalf(context: Context) -> dict[str, Any]:
    """The condition that keeps a service from being used by strangers, as far as it is known on whose behalf it asks."""
    for operator, key in (("ArnLike", "aws:SourceArn"), ("StringEquals", "aws:SourceAccount")):
        value = context.get(key)
        if isinstance(value, str) and HOLE not in value:
            return {"Condition": {operator: {key: value}}}
    return {}


def _principal(answer: Answer) -> Any:
    caller = answer.request.caller
    match caller.kind:
        case CallerKind.SERVICE:
            return {"Service": caller.arn}
        case CallerKind.PROVIDER:
            return {"Federated": caller.arn}
        case CallerKind.ANONYMOUS:
            return "*"
        case _:
            return {"AWS": caller.role or caller.arn}
