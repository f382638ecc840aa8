"""Cloud SQL instances: their engine, and the flags that its configuration sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node, Undecided

KIND: Final = "google_sql_database_instance"

_OFF: Final = frozenset({"off", "0", "false", "no"})
_ON: Final = frozenset({"on", "1", "true", "yes"})
_VERSION = re.compile(r"(MYSQL|POSTGRES|SQLSERVER)_(\d+)(?:_(\d+))?")


@dataclass(frozen=True, slots=True)
class Instance:
    """A `google_sql_database_instance`. Readers may raise `Undecided`."""

    body: Node

    @property
    def engine(self) -> str:
        """`MYSQL`, `POSTGRES`, `SQLSERVER`; empty where none is named. The first word decides, also before the version is known."""
        found = _VERSION.match((self.body.at("database_version").text or "").upper())
        return found[1] if found else ""

    @property
    def version(self) -> tuple[int, int] | None:
        """Major and minor number of the version: (5, 7), (15, 0), (2022, 0); None where none is named."""
        found = _VERSION.match((self.body.at("database_version").text or "").upper())
        return (int(found[2]), int(found[3] or 0)) if found else None

    @property
    def replica(self) -> bool:
        """Whether it copies another instance, which then decides on backups."""
        return self.body.at("master_instance_name").present

    def flag(self, name: str) -> Node | None:
        """The value of a flag; None where the configuration leaves it to the engine.

        Raises `Undecided` when a flag that is not known may be this one.
        """
        doubt: Node | None = None
        for flag in self.body.each("settings.database_flags"):
            if flag.unknown or flag.at("name").unknown:
                doubt = flag if flag.unknown else flag.at("name")
            elif flag.at("name").text == name:
                return flag.at("value")
        if doubt is not None:
            raise Undecided(doubt)
        return None

    def set_to(self, name: str, *, on: bool) -> Node | None:
        """The node that sets a switch to that position; None where nothing does."""
        value = self.flag(name)
        words = _ON if on else _OFF
        return value if value is not None and (value.text or "").lower() in words else None


def postgres(body: Node) -> Iterator[Instance]:
    """The instance, if it is one of PostgreSQL that has settings of its own."""
    return _only(body, "POSTGRES")


def mysql(body: Node) -> Iterator[Instance]:
    """The instance, if it is one of MySQL."""
    return _only(body, "MYSQL")


def sqlserver(body: Node) -> Iterator[Instance]:
    """The instance, if it is one of SQL Server."""
    return _only(body, "SQLSERVER")


def _only(body: Node, engine: str) -> Iterator[Instance]:
    instance = Instance(body)
    if instance.engine == engine:
        yield instance
