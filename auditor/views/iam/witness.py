"""Whether there is any resource, also one that nobody has made yet, for which a set of actions is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.iam.access import names_of, question
from auditor.views.iam.administrator import FRESH
from auditor.views.iam.names import Names
from auditor.views.iam.pattern import matches_arn, wild
from auditor.views.iam.question import Answer, personal
from auditor.views.iam.request import ContextValue
from auditor.views.iam.truth import Truth, conj

_MOST = 12
"""So many candidates are tried: policies that list more patterns for one action repeat themselves."""


def somewhere(
    graph: Graph,
    principal: Resource,
    actions: Iterable[str],
    pattern: str,
    context: Mapping[str, ContextValue] | None = None,
    absent: frozenset[str] = frozenset(),
) -> tuple[Truth, tuple[Answer, ...]]:
    """Whether a principal may do all of these actions to one resource of a pattern (an ARN with `*`), and the answers for it.

    The resources that are tried are made from the patterns of the statements that allow; `*` stands for no resource.
    """
    actions = tuple(actions)
    best: tuple[Truth, tuple[Answer, ...]] = (False, ())
    for number, arn in enumerate(_candidates(principal, actions, pattern, names_of(graph))):
        answers = tuple(question(graph, principal, action, arn, context, absent=absent).answer() for action in actions)
        truth = conj(*(answer.allowed for answer in answers))
        if truth:
            return truth, answers
        if truth is None and best[0] is False:
            best = truth, answers
        if number >= _MOST:
            break
    return best


def _candidates(principal: Resource, actions: tuple[str, ...], pattern: str, names: Names) -> Iterator[str]:
    if pattern == "*":
        yield "*"
        return
    found: dict[str, None] = {}
    identity, group, _ = personal(principal, names)
    for policy in (*identity.policies, *group.policies):
        compiled = names.compiled(policy)
        for action in actions:
            for clause in compiled.about(action):
                if clause.statement.where.unknown or clause.allows is False or clause.covers(action) is False:
                    continue
                if clause.not_resource:
                    found[made(pattern, "*", names)] = None
                for text in clause.resources:
                    if "${" not in text:
                        found.update(dict.fromkeys(_both(pattern, text, names)))
    yield from found


def _both(pattern: str, text: str, names: Names) -> Iterator[str]:
    """The ARN that a pattern and the text of a statement both cover, if there is an easy one."""
    for arn in (made(pattern, text, names), made(text, pattern, names)):
        if arn and matches_arn(wild(pattern), arn) and matches_arn(wild(text), arn) is not False:
            yield arn
            return


def made(first: str, second: str, names: Names) -> str:
    """An ARN by the first pattern; where it leaves the account or the region open, as the second has it, or as it is here."""
    parts, others = _parts(first), _parts(second)
    known = {3: names.region, 4: names.account}
    for at in (1, 2, 3, 4):
        if "*" in parts[at]:
            parts[at] = others[at] if "*" not in others[at] else known.get(at, "aws")
    return ":".join(parts).replace("*", FRESH).replace("?", "a")


def _parts(pattern: str) -> list[str]:
    parts = pattern.split(":", 5)
    return parts + ["*"] * (6 - len(parts))
