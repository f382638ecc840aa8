"""The running facet: what the cloud answers, as resources.

A door is the only way to the cloud. Two kinds are planned for: a folder of raw replies (`replies`), and the API itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from auditor.model.node import Node
from auditor.model.span import NOWHERE, Span

NOT_READ = "NotRead"
"""The code of a call whose reply nobody fetched: nothing is known, and nothing was refused."""


class Refused(Exception):
    """A call has no reply. `code` is the cloud's own word, such as `AccessDenied`, or `NOT_READ`."""

    def __init__(self, code: str, message: str, span: Span = NOWHERE) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.span = span


class Door(Protocol):
    """The cloud, as far as somebody may see it."""

    @property
    def account(self) -> str | None:
        """The account that answers, where that is known."""

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that can be asked; one of unknown name is the empty text."""

    def call(self, service: str, operation: str, parameters: Mapping[str, Any], region: str) -> Node:
        """The reply of an operation (`ec2`, `describe_vpcs`), all pages in one, every value with its place; raises `Refused`."""
