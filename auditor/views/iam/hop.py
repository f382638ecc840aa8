"""One hop of a privilege escalation: a known path that a principal can go, with the answers for each of its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.iam.access import may, names_of, question
from auditor.views.iam.administrator import could_be
from auditor.views.iam.escalation_path import ROLE, TARGET, EscalationPath, Target
from auditor.views.iam.identity import groups_of
from auditor.views.iam.question import Answer, personal
from auditor.views.iam.request import ContextValue
from auditor.views.iam.scope import concerns, grants
from auditor.views.iam.trust import trust
from auditor.views.iam.truth import Truth, conj
from auditor.views.iam.witness import somewhere
from auditor.views.iam.workload import has_profile, workloads_of

_ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
_NO_BOUNDARY = frozenset({"iam:PermissionsBoundary"})


@dataclass(frozen=True, slots=True)
class Hop:
    """`gained` is whose rights it yields, None for every right; `through` what the steps are done to. `answers`: of the steps, in order."""

    principal: Resource
    path: EscalationPath
    gained: Resource | None
    through: Resource | None
    truth: Truth
    answers: tuple[Answer, ...]

    @property
    def doubts(self) -> tuple[str, ...]:
        """What it hangs on where it is not certain."""
        found = [doubt for answer in self.answers for doubt in answer.decision.doubts]
        return tuple(dict.fromkeys([*found, *([self.path.assumes] if self.path.assumes else [])]))


def hop_to(graph: Graph, principal: Resource, gained: Resource, path: EscalationPath) -> Hop | None:
    """The hop by which a principal gets the rights of another one on a path; None when it certainly cannot."""
    return _best(_hops(graph, principal, gained, path))


def own_hop(graph: Graph, principal: Resource, path: EscalationPath) -> Hop | None:
    """The hop by which a principal gets every right on a path that yields them; None when it certainly cannot."""
    return _best(_own_hops(graph, principal, path))


def _best(hops: Iterable[Hop]) -> Hop | None:
    """The first that is certain, or else the first that may be."""
    maybe: Hop | None = None
    for hop in hops:
        if hop.truth:
            return hop
        if hop.truth is None and maybe is None:
            maybe = hop
    return maybe


def _hops(graph: Graph, principal: Resource, gained: Resource, path: EscalationPath) -> Iterator[Hop]:
    if path.administrator:
        return
    match path.target, gained.kind:
        case (Target.PASSED, "aws_iam_role"):
            if path.service in trust(graph, gained).services and concerns(graph, principal, "iam:PassRole", gained):
                yield _passed(graph, principal, gained, path)
        case (Target.WORKLOAD, "aws_iam_role"):
            for workload in workloads_of(graph, gained, path.kind):
                yield _done(graph, principal, path, gained, workload)
        case (Target.ROLE, "aws_iam_role"):
            if path.actions != ("sts:AssumeRole",) or _may_assume(graph, principal, gained):
                yield _done(graph, principal, path, gained, gained)
        case (Target.USER, "aws_iam_user") | (Target.GROUP, "aws_iam_group"):
            yield _done(graph, principal, path, gained, gained)
        case _:
            return


def _may_assume(graph: Graph, principal: Resource, role: Resource) -> bool:
    """Whether it is worth asking: the trust names the principal, or an account whose policies decide."""
    believed = trust(graph, role)
    if principal in believed.named:
        return True
    return (
        (believed.others or believed.open)
        and bool(grants(graph, principal, "sts:AssumeRole"))
        and concerns(graph, principal, "sts:AssumeRole", role)
    )


def _passed(graph: Graph, principal: Resource, role: Resource, path: EscalationPath) -> Hop:
    names = names_of(graph)
    given: dict[str, ContextValue] = {"iam:PassedToService": path.service}
    passing = may(graph, principal, "iam:PassRole", role, given)
    hop = _done(graph, principal, path, role, None, passing=passing) if passing.allowed is not False else None
    if hop is None or hop.truth is False:
        return Hop(principal, path, role, None, False, ())
    action = "sts:AssumeRoleWithWebIdentity" if path.service.startswith("cognito-identity.") else "sts:AssumeRole"
    taken = may(graph, path.service, action, role, {"aws:SourceAccount": names.account})
    profile: Truth = True if path.service != "ec2.amazonaws.com" or has_profile(graph, role) else None
    return Hop(principal, path, role, None, conj(hop.truth, taken.allowed, profile), (*hop.answers, taken))


def _done(
    graph: Graph, principal: Resource, path: EscalationPath, gained: Resource | None, target: Resource | None, *,
    role: Resource | None = None, passing: Answer | None = None,
) -> Hop:  # fmt: skip
    """The hop when every step is done: to the target, to the role, or to something that has no name yet."""
    truth: Truth = None if path.assumes else True
    answers: list[Answer] = []
    fresh: dict[str, list[str]] = {}
    for action, on in path.steps:
        thing = target if on == TARGET else role
        if on == ROLE and passing is not None:
            answer = passing
        elif on in (TARGET, ROLE):
            if thing is None or (action != "sts:AssumeRole" and not concerns(graph, principal, action, thing)):
                return Hop(principal, path, gained, target, False, ())
            answer = _asked(graph, principal, action, thing)
        else:
            fresh.setdefault(on, []).append(action)
            continue
        answers.append(answer)
        truth = conj(truth, answer.allowed)
        if truth is False:
            break
    for pattern, actions in fresh.items() if truth is not False else ():
        found, said = somewhere(graph, principal, actions, pattern, _context(actions), _NO_BOUNDARY)
        answers += said
        truth = conj(truth, found)
    return Hop(principal, path, gained, target, truth, tuple(answers))


def _asked(graph: Graph, principal: Resource, action: str, target: Resource) -> Answer:
    bounded = target.at("permissions_boundary")
    absent = _NO_BOUNDARY if not bounded.unknown and not bounded.data else frozenset[str]()
    return question(graph, principal, action, target, _context((action,)), absent=absent).answer()


def _context(actions: Iterable[str]) -> Mapping[str, ContextValue]:
    """What an intruder would fill in."""
    attaches = any(action.startswith("iam:Attach") for action in actions)
    return {"iam:PolicyARN": _ADMINISTRATOR} if attaches else {}


def _own_hops(graph: Graph, principal: Resource, path: EscalationPath) -> Iterator[Hop]:
    """One for each thing that the steps can be done to: with the principal that has the rights then, None for a new one."""
    for beneficiary, target, role in _things(graph, principal, path):
        hop = _done(graph, principal, path, None, target, role=role)
        if beneficiary is not None and hop.truth is not False:  # a boundary or the organization may cut the rights off
            hop = replace(hop, truth=conj(hop.truth, could_be(graph, beneficiary)))
        yield hop


def _things(graph: Graph, principal: Resource, path: EscalationPath) -> Iterator[tuple[Resource | None, Resource | None, Resource | None]]:
    """(whose rights grow, what the steps are done to, the role that they are about)."""
    match path.target:
        case Target.NEW:
            yield None, None, None
        case Target.OWN_ROLE | Target.OWN_USER if path.target.value.endswith(principal.kind.removeprefix("aws_iam_")):
            yield principal, principal, None
        case Target.OWN_POLICY:
            yield from ((principal, policy, None) for policy in _managed(graph, principal))
        case Target.OWN_GROUP if principal.kind == "aws_iam_user":
            yield from ((principal, group, None) for group in groups_of(principal, names_of(graph), []))
        case Target.GROUP:
            yield from ((principal, group, None) for group in graph.of("aws_iam_group"))
        case Target.ROLE | Target.USER:
            others = (other for other in graph.of(f"aws_iam_{path.target.value}") if other is not principal)
            yield from ((other, other, None) for other in others)
        case Target.POLICY_OF_ROLE:
            roles = (role for role in graph.of("aws_iam_role") if role is not principal and _may_assume(graph, principal, role))
            yield from ((role, policy, role) for role in roles for policy in _managed(graph, role))
        case _:
            return


def _managed(graph: Graph, principal: Resource) -> tuple[Resource, ...]:
    """The managed policies of the graph that are attached to a principal or a group of it."""
    identity, group, _ = personal(principal, names_of(graph))
    carriers = [policy.resource for policy in (*identity.policies, *group.policies)]
    return tuple(dict.fromkeys(it for it in carriers if it.kind == "aws_iam_policy"))
