"""Whom the Principal of a statement means: the caller itself, its role, its account, or everybody."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.views.iam.hole import HOLE, blurred, has_hole
from auditor.views.iam.pattern import ANY, Resolve, matches, raw, written
from auditor.views.iam.request import Absence, Caller, CallerKind, Request
from auditor.views.iam.truth import Truth, any_of, conj, disj, neg
from auditor.views.statement import Principal, Statement


@dataclass(frozen=True, slots=True)
class Reach:
    """In which capacity a statement means the caller: by itself (its own ARN, or everybody), by its role, or by its account."""

    itself: Truth = False
    role: Truth = False
    account: Truth = False

    @property
    def any(self) -> Truth:
        """Whether it means the caller at all."""
        return disj(self.itself, self.role, self.account)

    def __or__(self, other: Reach) -> Reach:
        return Reach(disj(self.itself, other.itself), disj(self.role, other.role), disj(self.account, other.account))

    def __and__(self, limit: Truth) -> Reach:
        return Reach(conj(self.itself, limit), conj(self.role, limit), conj(self.account, limit))


EVERYBODY = Reach(itself=True)
"""What a statement without a principal means: identity policies speak of the caller."""
NOBODY = Reach()


def reach(statement: Statement, request: Request, resolve: Resolve) -> Reach:
    """Whom a statement of a policy of a resource means."""
    if written(statement.where.at("NotPrincipal")):
        return Reach(itself=_not_listed(statement, request, resolve))
    found = NOBODY
    for principal in statement.principals:
        found |= _means(principal, request, resolve)
    return found


def _not_listed(statement: Statement, request: Request, resolve: Resolve) -> Truth:
    """Whether NotPrincipal leaves a caller in.

    From a Deny it excepts a caller only where every identity that it acts with is listed: session and role, or user, and their account;
    one with a permissions boundary it never excepts. An Allow does not mean a caller of whom one identity is listed.
    """
    listed = NOBODY
    for principal in statement.not_principals:
        listed |= _means(principal, request, resolve)
    if statement.where.at("Effect").unknown:
        return None
    if statement.allows:
        return neg(listed.any)
    if request.bounded:
        return True
    everybody = any_of(_is_star(principal) for principal in statement.not_principals)
    match request.caller.kind:
        case CallerKind.SESSION:
            return neg(disj(conj(listed.itself, listed.role, listed.account), everybody))
        case CallerKind.USER | CallerKind.FEDERATED_USER:
            return neg(disj(conj(listed.itself, listed.account), everybody))
        case _:
            return neg(listed.any)


def _is_star(principal: Principal) -> Truth:
    return None if principal.where.unknown else principal.where.text == "*"


def _means(principal: Principal, request: Request, resolve: Resolve) -> Reach:
    if principal.kind == "*" and principal.where.unknown:
        return Reach(None, None, None)
    text = raw(principal.where, resolve)
    match principal.kind:
        case "AWS" | "*":
            return _aws(text, request)
        case "Service":
            return Reach(itself=_same(text, request.caller, CallerKind.SERVICE))
        case "Federated":
            return Reach(itself=_same(text, request.caller, CallerKind.PROVIDER))
        case "CanonicalUser":
            return Reach(itself=None if request.caller.account else False)
        case _:
            return NOBODY


def _same(text: str, caller: Caller, kind: CallerKind) -> Truth:
    return matches(text, caller.arn, fold=kind is CallerKind.SERVICE) if caller.kind is kind else False


def _aws(text: str, request: Request) -> Reach:
    caller = request.caller
    if text == "*":
        return EVERYBODY
    if caller.kind in (CallerKind.SERVICE, CallerKind.PROVIDER, CallerKind.ANONYMOUS):
        return Reach(itself=None if blurred(text) == HOLE else False)
    if _UNIQUE_IDS.intersection((text[:4],)):
        return Reach(itself=_by_id(text, request))
    account = matches(text, _root(text, caller.account)) if ":" in text else matches(text, caller.account)
    if caller.kind is CallerKind.ROOT:
        return Reach(itself=account, account=account)
    role: Truth = matches(text, caller.role) if caller.role else False
    if role is False and caller.role and _path_unknown(caller) and _without_path(text) == caller.role:
        role = True
    itself: Truth = matches(text, caller.arn) if caller.arn else _may_be_session(text, caller)
    return Reach(itself, role, account)


_UNIQUE_IDS = frozenset({"AROA", "AIDA"})


def _by_id(text: str, request: Request) -> Truth:
    """Ids stand where a principal was deleted: they mean nobody, unless the request has just that id."""
    match request.context.get("aws:userid"):
        case str() as actual:
            return actual.partition(":")[0] == text
        case Absence.UNKNOWN:
            return None
        case _:
            return False


def _root(text: str, account: str) -> str:
    partition = text.split(":")[1] if text.count(":") else "aws"
    return f"arn:{partition}:iam::{account}:root"


def _path_unknown(caller: Caller) -> bool:
    """The ARN of a session does not tell the path of its role."""
    return bool(caller.arn) and caller.role.count("/") == 1


def _without_path(text: str) -> str:
    head, sign, rest = text.partition(":role/")
    return f"{head}{sign}{rest.rpartition('/')[2]}" if sign else text


def _may_be_session(text: str, caller: Caller) -> Truth:
    """Whether a session of which only the role is known may be meant by its own ARN."""
    if has_hole(text):
        return None if matches(text, caller.role) is None or "assumed-role" in text or blurred(text).startswith(HOLE) else False
    prefix = f":sts::{caller.account}:assumed-role/{caller.name}/"
    return None if prefix in text and ANY not in text else False
