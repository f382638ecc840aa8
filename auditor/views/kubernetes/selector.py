"""Labels and the selectors that ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from auditor.model.node import Node, Undecided

Pairs: TypeAlias = "tuple[tuple[str, str], ...]"


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of an object. `open`: labels whose value is unknown; `doubt`: the whole table, when that is unknown."""

    known: Mapping[str, str]
    open: Mapping[str, Node]
    doubt: Node | None = None

    def has(self, key: str) -> bool:
        """Whether there is such a label. Raises `Undecided`."""
        if key in self.known or key in self.open:
            return True
        if self.doubt is not None:
            raise Undecided(self.doubt)
        return False

    def get(self, key: str) -> str | None:
        """The value of a label; None when there is none. Raises `Undecided`."""
        if key in self.open:
            raise Undecided(self.open[key])
        return self.known[key] if self.has(key) else None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One entry of `matchExpressions`; `values` are None when they cannot be read."""

    key: str
    operator: str
    values: frozenset[str]
    where: Node


@dataclass(frozen=True, slots=True)
class Selector:
    """What a selector asks for. `doubt`: a part of it that is unknown."""

    where: Node
    pairs: Pairs
    requirements: tuple[Requirement, ...] = ()
    doubt: Node | None = None

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing, which most selectors read as everything."""
        return not self.pairs and not self.requirements and self.doubt is None

    def matches(self, labels: Labels) -> bool:
        """Whether labels satisfy it; one requirement that certainly fails is enough. Raises `Undecided`."""
        doubt = self.doubt
        for key, wanted in self.pairs:
            value = labels.known.get(key)
            if value is None:
                doubt = doubt or labels.open.get(key) or labels.doubt
                if key not in labels.open and labels.doubt is None:
                    return False
            elif value != wanted:
                return False
        for requirement in self.requirements:
            try:
                if not _holds(requirement, labels):
                    return False
            except Undecided as reason:
                doubt = doubt or reason.node
        if doubt is not None:
            raise Undecided(doubt)
        return True

    def show(self) -> str:
        """As `kubectl -l` takes it."""
        words = [f"{key}={value}" for key, value in self.pairs]
        for it in self.requirements:
            values = f"({', '.join(sorted(it.values))})"
            words.append({"Exists": it.key, "DoesNotExist": f"!{it.key}"}.get(it.operator, f"{it.key} {it.operator.lower()} {values}"))
        return ", ".join(words)


def labels_of(table: Node) -> Labels:
    """The labels in a table (`metadata.labels`)."""
    if table.unknown:
        return Labels({}, {}, table)
    known: dict[str, str] = {}
    unsure: dict[str, Node] = {}
    for key, node in table.entries():
        if node.unknown:
            unsure[key] = node
        elif (text := node.text) is not None:
            known[key] = text
    return Labels(known, unsure)


def map_selector(table: Node) -> Selector:
    """A selector that is a plain table of labels (of a Service or a ReplicationController)."""
    if table.unknown:
        return Selector(table, (), (), table)
    labels = labels_of(table)
    return Selector(table, tuple(labels.known.items()), (), next(iter(labels.open.values()), None))


def label_selector(node: Node) -> Selector:
    """A selector with `matchLabels` and `matchExpressions`."""
    if node.unknown:
        return Selector(node, (), (), node)
    plain = map_selector(node.at("matchLabels"))
    requirements: list[Requirement] = []
    doubt = plain.doubt
    expressions = node.at("matchExpressions")
    for item in [expressions] if expressions.unknown else expressions.each():
        try:
            key, operator = item.at("key").text, item.at("operator").text
            values = frozenset(text for value in item.each("values") if (text := value.text) is not None)
        except Undecided as reason:
            doubt = doubt or reason.node
            continue
        if key and operator:
            requirements.append(Requirement(key, operator, values, item))
    return Selector(node, plain.pairs, tuple(requirements), doubt)


def _holds(it: Requirement, labels: Labels) -> bool:
    match it.operator:
        case "In":
            return labels.has(it.key) and labels.get(it.key) in it.values
        case "NotIn":
            return not labels.has(it.key) or labels.get(it.key) not in it.values
        case "Exists":
            return labels.has(it.key)
        case "DoesNotExist":
            return not labels.has(it.key)
        case _:
            return False
