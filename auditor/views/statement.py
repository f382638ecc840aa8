"""The statement of a policy: its parts as nodes, and what it says by itself.

What many statements together decide (identity, boundary, organization, resource) is a matter of an evaluation above this module, for which
these records are the input.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache

from auditor.model.node import Node
from auditor.model.value import Unknown
from auditor.views.decide import every


class Use(enum.StrEnum):
    """What a document decides."""

    IDENTITY = "identity"  # what its principal may do
    TRUST = "trust"  # who may become the role
    RESOURCE = "resource"  # who may use the resource
    GUARD = "guard"  # the most that an organization, or an endpoint, lets through


@dataclass(frozen=True, slots=True)
class Principal:
    """One value of Principal or NotPrincipal: `kind` is AWS, Service, Federated, CanonicalUser, or `*` for the bare star."""

    kind: str
    where: Node

    @property
    def anyone(self) -> bool:
        """Whether this stands for every AWS account, or for anonymous callers too."""
        if self.kind not in ("AWS", "*") or named(self.where):
            return False
        return _ANYONE.fullmatch(self.where.text or "") is not None


_ANYONE = re.compile(r"\*|arn:[^:]*:(?:iam|sts)::\*:.*|arn:[^:]*:iam::\*")


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of one operator, with the values that it is compared with."""

    operator: str
    key: str
    where: Node

    @property
    def values(self) -> tuple[Node, ...]:
        """The values, known ones first."""
        return tuple(self.where.each())

    @property
    def test(self) -> str:
        """The operator without its set prefix and `IfExists`, in small letters: `stringequals`."""
        return self.operator.rpartition(":")[2].removesuffix("IfExists").lower()

    @property
    def optional(self) -> bool:
        """Whether the condition holds for a request that does not carry the key at all."""
        return self.operator.endswith("IfExists") or self.operator.startswith("ForAllValues:")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `where` is its table. Every reader may raise `Undecided`."""

    where: Node
    use: Use

    @property
    def sid(self) -> str:
        """The Sid, empty when there is none."""
        node = self.where.at("Sid")
        return "" if node.unknown else node.text or ""

    @property
    def allows(self) -> bool:
        """Whether the effect is Allow."""
        return self.where.at("Effect").text == "Allow"

    @property
    def denies(self) -> bool:
        """Whether the effect is Deny."""
        return self.where.at("Effect").text == "Deny"

    @property
    def actions(self) -> tuple[Node, ...]:
        """The patterns of Action, known ones first."""
        return tuple(self.where.each("Action"))

    @property
    def not_actions(self) -> tuple[Node, ...]:
        """The patterns of NotAction."""
        return tuple(self.where.each("NotAction"))

    @property
    def resources(self) -> tuple[Node, ...]:
        """The patterns of Resource."""
        return tuple(self.where.each("Resource"))

    @property
    def not_resources(self) -> tuple[Node, ...]:
        """The patterns of NotResource."""
        return tuple(self.where.each("NotResource"))

    @property
    def principals(self) -> tuple[Principal, ...]:
        """The values of Principal."""
        return _principals(self.where.at("Principal"))

    @property
    def not_principals(self) -> tuple[Principal, ...]:
        """The values of NotPrincipal."""
        return _principals(self.where.at("NotPrincipal"))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition; all of them have to hold."""
        found = self.where.at("Condition").entries()
        return tuple(Condition(operator, key, values) for operator, keys in found for key, values in keys.entries())

    def grants(self, action: str) -> Node | None:
        """The pattern that covers an action (`iam:PassRole`); None when none does."""
        excluded = self.where.at("NotAction")
        if not excluded.missing:
            return None if any(matches(pattern, action) for pattern in self.not_actions) else excluded
        return next((pattern for pattern in self.actions if matches(pattern, action)), None)

    @property
    def every_action(self) -> Node | None:
        """The pattern that covers every action of every service; None when there is none."""
        return next((pattern for pattern in self.actions if _STARS.fullmatch(pattern.text or "")), None)

    @property
    def every_resource(self) -> Node | None:
        """The pattern that covers every resource of every service; None when there is none."""
        return next((pattern for pattern in self.resources if not named(pattern) and _EVERYTHING.fullmatch(pattern.text or "")), None)

    @property
    def admin(self) -> bool:
        """Whether this allows everything on everything, without a condition."""
        return every(lambda: self.every_action is not None, lambda: self.unlimited)

    @property
    def unlimited(self) -> bool:
        """Whether this is an Allow on every resource without a condition."""
        return every(lambda: self.allows, lambda: self.every_resource is not None, lambda: self.unconditional)

    @property
    def unconditional(self) -> bool:
        """Whether there is no condition at all."""
        return self.where.at("Condition").missing or not self.conditions


_STARS = re.compile(r"\*+(:\*+)?")
_EVERYTHING = re.compile(r"\*+|arn:[^:]*(?::\*+){1,5}|arn:\*")


def _principals(node: Node) -> tuple[Principal, ...]:
    if node.unknown:
        return (Principal("*", node),)
    if isinstance(node.data, dict):
        return tuple(Principal(kind, value) for kind, values in node.entries() for value in values.each())
    return tuple(Principal("*", value) for value in node.each())


def named(node: Node) -> bool:
    """Whether an unknown text certainly names something: it begins with a service's ARN, or a resource gave its own name."""
    if not isinstance(node.data, Unknown):
        return False
    return _SERVICE.match(node.data.prefix) is not None or any(ref.attribute.rpartition(".")[2] in _NAMES for ref in node.refs)


_SERVICE = re.compile(r"arn:[^:*]*:[^:*]+:")
_NAMES = frozenset({"arn", "iam_arn", "id", "unique_id", "account_id", "role_arn", "qualified_arn", "invoke_arn", "execution_arn"})


def matches(pattern: Node, action: str) -> bool:
    """Whether the pattern of an action covers an action; case does not matter."""
    text = pattern.text
    return text is not None and glob(text.lower()).fullmatch(action.lower()) is not None


@lru_cache(maxsize=4096)
def glob(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern with `*` and `?`."""
    return re.compile(translate(pattern.replace("[", "[[]")))
