"""Things with an address: what rules, drift and diagnosis are about."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.pickling import packed
from auditor.model.span import Span
from auditor.model.value import Value


class Facet(enum.StrEnum):
    """The vantage points on one resource: the axes of drift."""

    WRITTEN = "written"  # HCL, YAML
    PLANNED = "planned"  # plan JSON
    RECORDED = "recorded"  # state
    RUNNING = "running"  # the API


@packed
@dataclass(frozen=True, slots=True)
class Origin:
    """One step of a value's history: what it was there, what kind of place that is, and where.

    `kind`: attribute, literal, local, variable, default, tfvars, values (of a chart), command-line, environment, argument (of a module
    call), output, for_each, count, function, expression, data source, resource, override, document, api.
    """

    kind: str
    text: str
    span: Span
    value: object = None


NOTHING: Final = Node(Value({}))

History: TypeAlias = "Callable[[str], tuple[Origin, ...]]"


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource in one facet.

    `kind` is Terraform's type (`aws_s3_bucket`, `data.aws_iam_policy_document`, `provider.aws`, `module`, `terraform`,
    `variable`, `output`) or the Kubernetes kind. `body` is a table in the vocabulary of that kind, whatever the facet.
    """

    address: Address
    kind: str
    facet: Facet
    body: Node
    span: Span = field(compare=False)
    root: str = ""
    """The root module's directory, relative to the scanned root (`.` for itself)."""
    identity: str | None = None
    """The cloud's own id, where it is known."""
    doubt: str = ""
    """Why it is not certain that this instance exists (`count` is unknown); empty when it is."""
    chain: tuple[Span, ...] = ()
    """The module calls that lead here, outermost first."""
    history: History | None = field(default=None, compare=False, repr=False)
    """path -> the history of the value there, nearest step first."""
    ignored: tuple[str, ...] = ()
    """Attributes listed in `ignore_changes`; `all` for every one."""
    meta: Node = field(default=NOTHING, compare=False, repr=False)
    """What Terraform itself reads of the block: `lifecycle`, `provisioner`, `depends_on`, `count`, `for_each` (references as text)."""

    def __hash__(self) -> int:
        return hash(self.address.text)

    @property
    def kubernetes(self) -> bool:
        """Whether it is a Kubernetes object, whoever writes it: their kinds begin with a capital, Terraform's types do not."""
        return self.kind[:1].isupper()

    def at(self, path: str) -> Node:
        """The node at a path of the body."""
        return self.body.at(path)

    def each(self, path: str) -> list[Node]:
        """All items at a path of the body."""
        return list(self.body.each(path))
