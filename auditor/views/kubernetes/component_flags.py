"""A program of a control plane with the flags that it gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from auditor.model.node import Node, Undecided
from auditor.views.decide import undecided
from auditor.views.kubernetes.component_setting import ELSEWHERE
from auditor.views.kubernetes.lifecycle import Version


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag as it is given. `text` is its value, `true` for a flag that stands alone."""

    name: str
    where: Node
    text: str

    @property
    def is_true(self) -> bool:
        """Whether it switches something on."""
        return self.text.lower() in ("true", "t", "1")

    @property
    def is_false(self) -> bool:
        """Whether it switches something off."""
        return self.text.lower() in ("false", "f", "0")

    @property
    def number(self) -> int | None:
        """Its value as a whole number; None for anything else."""
        return int(self.text) if re.fullmatch(r"-?\d{1,18}", self.text) else None

    @property
    def values(self) -> tuple[str, ...]:
        """The items of a value that is a list."""
        return tuple(item.strip() for item in self.text.split(",") if item.strip())


@dataclass(frozen=True, eq=False)
class Component:
    """One program that is started somewhere. `where` is the word that names it, or the table that sets it up."""

    name: str
    where: Node
    flags: tuple[Flag, ...]
    version: Version | None = None
    """The version of Kubernetes that its image's tag names."""
    open: Node | None = None
    """Something unknown among its words, which may be any flag."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """What a flag means when it is left out, where that is known."""
    installed: Mapping[str, str] = field(default_factory=dict)
    """What an installer sets by itself."""

    @cached_property
    def _by_name(self) -> Mapping[str, Flag]:
        found: dict[str, Flag] = {}
        for flag in self.flags:
            earlier = found.get(flag.name)
            text = f"{earlier.text},{flag.text}" if earlier and flag.name in _REPEATED else flag.text
            found[flag.name] = Flag(flag.name, flag.where, text)
        return found

    def flag(self, name: str) -> Flag | None:
        """A flag, the last one wins; None when it is not given. Raises `Undecided` when it may be given where nobody looks."""
        given = self._by_name.get(name)
        if given is not None:
            if given.where.unknown:
                raise Undecided(given.where)
            return given
        if self.open is not None:
            raise undecided(self.open, f"whether {self.name} gets --{name} cannot be known: {_reason(self.open)}")
        for other, settled in ELSEWHERE.get(self.name, {}).items():
            holder = self._by_name.get(other)
            if holder is not None and (not settled or name in settled):
                raise undecided(holder.where, f"{holder.text} may set what --{name} sets")
        if name in self.installed:
            return Flag(name, self.where, self.installed[name])
        return None

    def given(self, name: str) -> Flag | None:
        """A flag that is written here; None when it is not, wherever else it may be."""
        return self._by_name.get(name)

    def has(self, name: str) -> bool:
        """Whether a flag has a value. Raises `Undecided`."""
        flag = self.flag(name)
        return flag is not None and flag.text != ""

    def default(self, name: str) -> str:
        """What a flag means when it is left out; empty when that is nothing."""
        return self.defaults.get(name, "")

    def place(self, name: str) -> Node:
        """Where a flag is written; for one that is not, the word that names the program."""
        given = self._by_name.get(name)
        return given.where if given else self.where

    def shown(self, name: str) -> str:
        """What is there, in words."""
        given = self._by_name.get(name)
        if given is not None:
            return f"--{name}={given.text}"
        default = self.default(name)
        return f"no --{name}, which means {default}" if default else f"no --{name}"


_REPEATED = frozenset({"authorization-mode", "disable-admission-plugins", "enable-admission-plugins", "feature-gates", "tls-cipher-suites"})
"""Flags that add up when they are given more than once."""


def _reason(node: Node) -> str:
    return str(getattr(node.data, "reason", "it is not known"))
