"""To whom a statement opens: everybody, or those whom its conditions let through."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import Final

from auditor.model.node import Node, Undecided
from auditor.views.statement import Condition, Principal, Statement, named


class Guard(enum.Enum):
    """What a condition does for an Allow that names everybody."""

    BOUNDS = "bounds"  # only certain callers get through
    SPOOFABLE = "spoofable"  # any caller can satisfy it who wants to
    EXCEPTS = "excepts"  # everybody but some get through
    NOTHING = "nothing"  # it says nothing of the caller, or its value is a wildcard


def public_principal(statement: Statement) -> Principal | None:
    """The principal by which an Allow is open to everybody with nothing in its conditions that speaks of the caller."""
    return _open(statement, Guard.NOTHING)


def spoofable_condition(statement: Statement) -> Condition | None:
    """The condition that alone guards an Allow to everybody, and that every caller can satisfy."""
    if _open(statement, Guard.SPOOFABLE) is None:
        return None
    return next(condition for condition in statement.conditions if guard(condition) is Guard.SPOOFABLE)


def excepting_condition(statement: Statement) -> Condition | None:
    """The condition that alone guards an Allow to everybody by naming those who may not."""
    if _open(statement, Guard.EXCEPTS) is None:
        return None
    return next(condition for condition in statement.conditions if guard(condition) is Guard.EXCEPTS)


def anyone(principals: Iterable[Principal]) -> Principal | None:
    """The first principal that stands for everybody."""
    return next((principal for principal in principals if principal.anyone), None)


def _open(statement: Statement, strongest: Guard) -> Principal | None:
    """The principal that stands for everybody in an Allow whose best condition is of that strength."""
    if not statement.allows:
        return None
    principal = anyone(statement.principals)
    if principal is None or statement.unconditional:
        return principal if strongest is Guard.NOTHING else None
    return principal if _best(statement.conditions) is strongest else None


def _best(conditions: Iterable[Condition]) -> Guard:
    """The strongest guard; one that bounds for sure decides whatever the others are."""
    found, doubt = {Guard.NOTHING}, None
    for condition in conditions:
        try:
            found.add(guard(condition))
        except Undecided as reason:
            doubt = doubt or reason
    if doubt is not None and Guard.BOUNDS not in found:
        raise doubt
    return next(kind for kind in Guard if kind in found)


def guard(condition: Condition) -> Guard:
    """What a condition does; raises `Undecided` when that hangs on a value that is unknown."""
    key = condition.key.lower()
    who = key in _CALLER or key.endswith(_TOKEN_KEYS)
    weak = key in _SPOOFABLE or key.startswith(_SPOOFABLE_PREFIXES)
    if not who and not weak:
        return Guard.NOTHING
    if condition.test in _NEGATIVE:
        return Guard.EXCEPTS if who else Guard.NOTHING
    if condition.test not in _POSITIVE or condition.optional:
        return Guard.NOTHING
    if condition.test == "bool":
        return Guard.BOUNDS if all(value.flag for value in condition.values) else Guard.NOTHING
    if not all(_narrow(value, key) for value in condition.values):
        return Guard.NOTHING
    return Guard.BOUNDS if who else Guard.SPOOFABLE


_POSITIVE = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress", "bool"})
_NEGATIVE = frozenset({"stringnotequals", "stringnotequalsignorecase", "stringnotlike", "arnnotequals", "arnnotlike", "notipaddress"})

_CALLER: Final = frozenset(
    {
        "aws:principalaccount", "aws:principalarn", "aws:principalisawsservice", "aws:principalorgid", "aws:principalorgpaths",
        "aws:principalservicename", "aws:principalservicenameslist", "aws:sourceaccount", "aws:sourcearn", "aws:sourceip",
        "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce", "aws:userid",
        "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths", "aws:vpcsourceip", "ec2:sourceinstancearn",
        "elasticfilesystem:accessedviamounttarget", "elasticfilesystem:accesspointarn", "kms:calleraccount", "lambda:eventsourcetoken",
        "s3:dataaccesspointaccount", "s3:dataaccesspointarn", "sns:endpoint", "sts:externalid",
    }
)  # fmt: skip
_TOKEN_KEYS = (":aud", ":sub", ":oaud", ":amr")
_SPOOFABLE: Final = frozenset({"aws:referer", "aws:useragent", "aws:username", "s3:authtype", "s3:signatureversion", "sts:rolesessionname"})
_SPOOFABLE_PREFIXES = ("aws:principaltag/", "aws:requesttag/")


def _narrow(value: Node, key: str) -> bool:
    """Whether a value of a condition leaves some callers out."""
    if named(value):
        return True
    text = value.text or ""
    if key.endswith("sourceip"):
        return not _WIDE_RANGE.fullmatch(text)
    if text.startswith("arn:"):
        parts = [*text.split(":", 5), *[""] * 5]
        account, rest = parts[4], parts[5]
        return account.isdigit() or (not account and not rest.startswith("*") and rest != "")
    return text.strip("*?") != ""


_WIDE_RANGE = re.compile(r".*/[0-7]|\*|")
