"""Layers of IAM policies made from plain data, for tests of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.iam.decision import Decision
from auditor.views.iam.evaluate import evaluate
from auditor.views.iam.layers import Held, Layer, Layers
from auditor.views.iam.request import Caller, Context, ContextValue, Request
from auditor.views.policy import Policy
from auditor.views.statement import Use
from tests.made import resource

Document = Mapping[str, Any]


def policy(document: Any, use: Use, *, name: str = "p") -> Policy:
    """A policy of that document: a table, a list of statements, one statement, or `{"$unknown": why}`."""
    if isinstance(document, list) or "Effect" in document:
        document = {"Version": "2012-10-17", "Statement": document}
    carrier: Resource = resource(f"aws_iam_policy.{name}", {"policy": document})
    where: Node = carrier.at("policy")
    return Policy(carrier, use, where, where)


def held(documents: Any, use: Use) -> Held:
    """A layer of documents; the text `unknown` is one of which nothing is known."""
    if documents == "unknown":
        return Held(gaps=("it is not here",))
    if isinstance(documents, Mapping):
        documents = [documents]
    return Held(tuple(policy(document, use, name=f"p{number}") for number, document in enumerate(documents)))


def layers(
    identity: Any = (),
    group: Any = (),
    resource: Any = (),
    boundary: Any = None,
    session: Any = None,
    endpoint: Any = None,
    scp: Iterable[Any] = (),
    rcp: Iterable[Any] = (),
    kind: Layer = Layer.RESOURCE,
) -> Layers:
    """The layers; each is a document or a list of them."""
    return Layers(
        identity=held(identity, Use.IDENTITY),
        group=held(group, Use.IDENTITY),
        resource=held(resource, Use.TRUST if kind is Layer.TRUST else Use.RESOURCE),
        boundary=None if boundary is None else held(boundary, Use.IDENTITY),
        session=None if session is None else held(session, Use.IDENTITY),
        endpoint=None if endpoint is None else held(endpoint, Use.GUARD),
        scp=tuple(held(level, Use.GUARD) for level in scp),
        rcp=tuple(held(level, Use.GUARD) for level in rcp),
        kind=kind,
    )


def decide(
    principal: str,
    action: str,
    target: str | None,
    given: Layers,
    *,
    owner: str = "",
    context: Mapping[str, ContextValue] | None = None,
    closed: bool = True,
) -> Decision:
    """The decision over a request whose context is wholly known unless `closed` is false."""
    request = Request(Caller.parse(principal), action, target, owner, Context.of(context or {}, closed=closed))
    return evaluate(request, given)
