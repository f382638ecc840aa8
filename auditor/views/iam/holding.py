"""What policies come to for those who hold them: what a document says by itself, a boundary or a Deny elsewhere may take back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.iam.access import names_of, principals, question
from auditor.views.iam.administrator import FRESH, absolute
from auditor.views.iam.layers import Held
from auditor.views.iam.names import Names
from auditor.views.iam.question import personal
from auditor.views.iam.truth import Truth, any_of, conj
from auditor.views.policy import Use, policies


def holders(graph: Graph, carrier: Resource) -> tuple[Resource, ...]:
    """The roles, users and groups that certainly have the policies which a resource carries."""
    return names_of(graph).once(("holders",), lambda: _holders(graph)).get(carrier, ())


def _holders(graph: Graph) -> Mapping[Resource, tuple[Resource, ...]]:
    names = names_of(graph)
    found: dict[Resource, dict[Resource, None]] = defaultdict(dict)
    for principal in _all(graph):
        for policy in personal(principal, names)[0].policies:
            found[policy.resource][principal] = None
    return {carrier: tuple(those) for carrier, those in found.items()}


def _all(graph: Graph) -> tuple[Resource, ...]:
    return (*principals(graph), *graph.of("aws_iam_group"))


def administers(graph: Graph, carrier: Resource) -> Truth:
    """Whether somebody who has the policies of a carrier is an administrator by them, in some circumstances."""
    return lets(graph, carrier, absolute(names_of(graph)))


def lets_do(graph: Graph, carrier: Resource, actions: Iterable[str]) -> Truth:
    """Whether somebody who has the policies of a carrier may do all these actions to what no policy names."""
    names = names_of(graph)
    return lets(graph, carrier, [(action, _fresh(action, names)) for action in actions])


def lets(graph: Graph, carrier: Resource, requests: Iterable[tuple[str, str]]) -> Truth:
    """Whether somebody who has the policies of a carrier may do all of this, (action, ARN), in some circumstances.

    Those who certainly have them are asked. Where there are none, it is whoever may have them; where nobody here may, somebody who has
    nothing else and is not limited.
    """
    wanted = tuple(requests)
    held = holders(graph, carrier)
    if held:
        return any_of(_all_of(graph, holder, wanted, None) for holder in held)
    own = Held(tuple(policy for policy in policies(carrier, graph) if policy.use is Use.IDENTITY))
    names = names_of(graph)
    answers = {_all_of(graph, it, wanted, Held(personal(it, names)[0].policies) | own) for it in _who_may_have(graph, carrier, names)}
    if answers - {True}:
        return None
    return _all_of(graph, f"arn:aws:iam::{names.account}:user/{FRESH}", wanted, own)


def _who_may_have(graph: Graph, carrier: Resource, names: Names) -> tuple[Resource, ...]:
    """The principals of which it is not known whether they have the policies of a carrier."""

    def found() -> tuple[tuple[Resource, ...], Mapping[Resource, tuple[Resource, ...]]]:
        perhaps: dict[Resource, dict[Resource, None]] = defaultdict(dict)
        for principal in _all(graph):
            for policy in personal(principal, names)[0].perhaps:
                perhaps[policy.resource][principal] = None
        gaps = tuple(it for it in _all(graph) if personal(it, names)[0].gaps)
        return gaps, {carrier: tuple(those) for carrier, those in perhaps.items()}

    gaps, perhaps = names.once(("who may have",), found)
    return tuple(dict.fromkeys((*gaps, *perhaps.get(carrier, ()))))


def _all_of(graph: Graph, principal: Resource | str, wanted: tuple[tuple[str, str], ...], identity: Held | None) -> Truth:
    asked = (question(graph, principal, action, arn, identity=identity, free=True) for action, arn in wanted)
    return conj(*(it.answer().allowed for it in asked))


def _fresh(action: str, names: Names) -> str:
    service = action.partition(":")[0].lower()
    region = "" if service in ("iam", "sts") else names.region
    return f"arn:aws:{service}:{region}:{names.account}:{FRESH}"
