"""What a need lacks: which actions are denied, by which layers, and what has to be added where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.model.value import At, Value
from auditor.views.decide import undecided
from auditor.views.iam.access import may
from auditor.views.iam.decision import Effect
from auditor.views.iam.hole import HOLE, starred
from auditor.views.iam.layers import Layer
from auditor.views.iam.question import Answer
from auditor.views.iam.remedy import Remedy, remedies
from auditor.views.needs.need import Need, principal_of, target_of
from auditor.views.needs.partition import foreign_partition

_DENIED: Final = (Effect.IMPLICIT_DENY, Effect.EXPLICIT_DENY)
_OF_THE_BUCKET: Final = frozenset(
    f"s3:{it}"
    for it in (
        "ListBucket",
        "ListBucketVersions",
        "GetBucketLocation",
        "GetBucketAcl",
        "GetBucketVersioning",
        "GetReplicationConfiguration",
    )
)
"""Actions that concern a bucket where the others concern what is in it."""
_NOT_OF_SESSIONS: Final = ("aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:FederatedProvider", "aws:SourceIdentity")
"""Keys that a session which a service opens for itself does not carry."""
_SAID: Final = {
    Layer.IDENTITY: "no policy of it says so",
    Layer.GROUP: "no policy of its groups says so",
    Layer.RESOURCE: "the policy of the resource does not allow it",
    Layer.BOUNDARY: "its permissions boundary does not allow that",
    Layer.SESSION: "the session policy does not allow that",
    Layer.SCP: "a service control policy does not allow that",
    Layer.RCP: "a resource control policy denies that",
    Layer.ENDPOINT: "the policy of the VPC endpoint does not let it through",
    Layer.KMS: "the key policy does not allow it",
    Layer.TRUST: "the trust policy does not allow it",
}


@dataclass(frozen=True, slots=True)
class Lack:
    """A need of which some actions are certainly denied, with the answers about them."""

    need: Need
    answers: tuple[Answer, ...]

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that are denied."""
        return tuple(it.request.action for it in self.answers)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that deny some of them."""
        return tuple(layer for layer in Layer if any(layer in it.decision.blocking for it in self.answers))

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """What has to change: one statement for each place, with all actions in it."""
        return _merged(it for answer in self.answers[: 1 if self.need.one_of else None] for it in remedies(answer))


def lack_of(need: Need, graph: Graph) -> Lack | None:
    """What is certainly denied of a need; None when everything is allowed. Raises `Undecided` when that is not certain."""
    principal = principal_of(need, graph)
    if principal is None:
        return None
    if foreign_partition(graph):
        raise undecided(need.where, "ARNs of this partition are not known")
    target = target_of(need, graph)
    answers: list[Answer] = []
    for action in need.actions:
        answers.append(asked(need, graph, principal, action, target))
        if need.one_of and (answers[-1].decision.effect is Effect.ALLOW or _limited_to_a_part(answers[-1], need)):
            return None
    denied = tuple(it for it in answers if it.decision.effect in _DENIED)
    if need.one_of and len(denied) < len(answers):
        denied = ()
    if denied and not need.certain:
        raise undecided(need.where, "whether it is written is not known")
    if denied:
        return Lack(need, denied)
    open_ = next((it for it in answers if it.decision.effect is Effect.UNKNOWN and not _limited_to_a_part(it, need)), None)
    if open_ is not None:
        doubt = starred("; ".join(open_.decision.doubts)) or "what is not known"
        raise undecided(need.where, f"whether {_name(principal)} may {open_.request.action} hangs on {doubt}")
    return None


def asked(need: Need, graph: Graph, principal: Resource | str, action: str, target: Resource | str | None) -> Answer:
    """The decision over one action of a need."""
    part = "" if action in _OF_THE_BUCKET else need.part
    absent = _NOT_OF_SESSIONS if isinstance(principal, Resource) else ()
    if isinstance(target, Resource):
        return may(graph, principal, action, target, need.context, part=part, absent=absent)
    return may(graph, principal, action, target.removesuffix(need.part) + part if target else target, need.context, absent=absent)


def _limited_to_a_part(answer: Answer, need: Need) -> bool:
    """Whether it hangs on nothing but which resource, or which objects (streams, ...) of it, which the configuration does not tell."""
    identity = answer.decision.verdict(Layer.IDENTITY)
    if need.target is not None and HOLE not in need.part and answer.request.resource is not None:
        return False
    doubts = set(answer.decision.doubts)
    told = {it for it in doubts if not it.startswith("the policy of the resource")}
    return bool(doubts) and told <= {"Resource"} and (identity is None or identity.allows is not False)


def unmet(needs: Iterable[Need], resource: Resource, graph: Graph) -> Iterator[Fail]:
    """The faults of a resource: one for each place whose needs are denied. Raises `Undecided` at the end for what is not certain."""
    doubt: Undecided | None = None
    found: dict[str, list[Lack]] = {}
    try:
        for need in needs:
            try:
                lack = lack_of(need, graph)
            except Undecided as reason:
                doubt = doubt or reason
                continue
            if lack is not None and not _reported_at_the_policy(lack):
                found.setdefault(need.where.path, []).append(lack)
    except Undecided as reason:
        doubt = doubt or reason
    for lacks in found.values():
        yield fail_of(lacks, resource, graph)
    if doubt is not None:
        raise doubt


def fail_of(lacks: Sequence[Lack], resource: Resource, graph: Graph) -> Fail:
    """What is lacking at one place in words: who may not do what, who denies it, and the statement that is missing, with its place."""
    need = lacks[0].need
    what = " and ".join(dict.fromkeys(_what(it) for it in lacks))
    purpose = " and to ".join(dict.fromkeys(it.need.purpose for it in lacks))
    told = "; ".join(dict.fromkeys(text for it in lacks for text in (*_reasons(it), *(_change(change, it) for change in it.remedies))))
    allowed = ", ".join(dict.fromkeys(action for it in lacks for action in it.actions[: 1 if it.need.one_of else None]))
    message = f"{_name(principal_of(need, graph))} is not allowed {what}, which it needs to {purpose}: {told}"
    places = {(str(it.span.file), it.span.line): it for lack in lacks for it in _places(lack)}
    return Fail(asked_at(need.where, resource), message, expected=f"{allowed} allowed", related=tuple(places.values()))


def asked_at(node: Node, resource: Resource) -> Node:
    """A value where a resource asks for it: one that another resource gives was itself written there."""
    here, block = node.span, resource.span
    if not node.path or (here.file == block.file and block.line <= here.line <= block.end_line):
        return node
    steps = resource.history(node.path) if resource.history else ()
    return Node(Value(node.data, At(steps[0].span), node.value_.marks), node.path) if steps else node


def _what(lack: Lack) -> str:
    if lack.need.one_of and len(lack.actions) > 3:
        return f"anything ({', '.join(lack.actions[:3])} ...){_target(lack)}"
    joined = " or ".join(lack.actions) if lack.need.one_of else ", ".join(lack.actions)
    return f"{joined}{_target(lack)}"


def _reasons(lack: Lack) -> Iterator[str]:
    for layer in lack.layers:
        denying = [
            applied
            for answer in lack.answers
            for verdict in answer.decision.verdicts
            if verdict.layer is layer and verdict.denies
            for applied in verdict.statements
        ]
        if denying:
            first = denying[0]
            sid = f" {first.statement.sid}" if first.statement.sid else ""
            yield f"the Deny{sid} of {first.policy.resource.address} refuses it"
        else:
            yield _SAID[layer]


def _change(remedy: Remedy, lack: Lack) -> str:
    place = f"{remedy.resource.address} ({remedy.span.file}:{remedy.span.line})" if remedy.span.line else str(remedy.resource.address)
    added = _added(remedy)
    if added is None:
        return f"in {place}: {starred(remedy.patch)}"
    return f"add {_shown(json.dumps(added, ensure_ascii=False), lack)} to {place}"


def _shown(text: str, lack: Lack) -> str:
    """A statement for people: ARNs that are not known yet as the references that make them."""
    answer = lack.answers[0]
    arn, target = answer.request.resource, answer.target
    raw = starred(text)
    if target is None or arn is None or starred(arn) == arn:
        return raw
    part = lack.need.part
    base = starred(arn.removesuffix(part) if part else arn)
    return raw.replace(base, f"${{{target.address}.arn}}")


def _added(remedy: Remedy) -> dict[str, Any] | None:
    if not remedy.patch.startswith('{"add"'):
        return None
    found: dict[str, Any] = json.loads(remedy.patch)["add"]
    return found


def _merged(found: Iterable[Remedy]) -> tuple[Remedy, ...]:
    """Statements for one place that differ in nothing but their actions as one."""
    made: dict[tuple[str, str], tuple[Remedy, dict[str, Any] | None, list[str]]] = {}
    for remedy in found:
        added = _added(remedy)
        rest = json.dumps({key: value for key, value in added.items() if key != "Action"}) if added else remedy.patch
        _, _, actions = made.setdefault((remedy.resource.address.text, rest), (remedy, added, []))
        if added and added["Action"] not in actions:
            actions.append(added["Action"])
    return tuple(_with(remedy, added, actions) for remedy, added, actions in made.values())


def _with(remedy: Remedy, added: dict[str, Any] | None, actions: list[str]) -> Remedy:
    if added is None:
        return remedy
    statement = {key: (actions if len(actions) > 1 else actions[0]) if key == "Action" else value for key, value in added.items()}
    return Remedy(remedy.resource, remedy.span, json.dumps({"add": statement}, ensure_ascii=False))


def _places(lack: Lack) -> Iterator[Node]:
    """The statements that refuse, and the policies and roles that have to change."""
    seen: set[tuple[str, str]] = set()
    nodes = [
        applied.statement.where
        for answer in lack.answers
        for verdict in answer.decision.verdicts
        if verdict.layer in answer.decision.blocking and verdict.denies
        for applied in verdict.statements
    ]
    nodes += [it.resource.body for it in lack.remedies]
    nodes += [answer.principal.body for answer in lack.answers[:1] if answer.principal is not None]
    for node in nodes:
        key = node.span.file, str(node.span.line)
        if node.span.line and key not in seen:
            seen.add(key)
            yield node


def _reported_at_the_policy(lack: Lack) -> bool:
    """Whether the role's own policy names the very actions and only a limit cuts them: the rules about boundaries and SCPs tell that."""
    if not set(lack.layers) <= {Layer.BOUNDARY, Layer.SCP}:
        return False
    return all(_names_action(answer) for answer in lack.answers)


def _names_action(answer: Answer) -> bool:
    verdict = answer.decision.verdict(Layer.IDENTITY)
    found = verdict.statements if verdict else ()
    return any(str(node.data).lower() == answer.request.action.lower() for it in found for node in it.statement.actions)


def _name(principal: Resource | str | None) -> str:
    return str(principal.address) if isinstance(principal, Resource) else starred(str(principal))


def _target(lack: Lack) -> str:
    answer = lack.answers[0]
    if answer.target is not None:
        return f" on {answer.target.address}"
    arn = answer.request.resource
    return "" if arn in (None, "*") else f" on {starred(str(arn))}"
