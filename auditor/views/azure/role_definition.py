"""Custom roles: what they allow, and where they may be assigned."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.node import Node

_SUBSCRIPTION = re.compile(r"/|/subscriptions/[^/]+/?", re.IGNORECASE)


def actions(role: Node) -> Iterator[Node]:
    """The actions that a role allows."""
    yield from role.each("permissions.actions")


def whole_subscription(role: Node) -> bool:
    """Whether the role may be assigned to a whole subscription, or to more."""
    scopes = list(role.each("assignable_scopes")) or [role.at("scope")]
    return any(is_subscription(scope) for scope in scopes)


def is_subscription(scope: Node) -> bool:
    """Whether a scope is a whole subscription, or more."""
    if any(".azurerm_subscription." in f".{ref.address.text}." for ref in scope.refs):
        return True
    return _SUBSCRIPTION.fullmatch(scope.text or "") is not None
