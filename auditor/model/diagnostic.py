"""Problems with the input, as data: the run goes on."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from auditor.model.span import Span


class Level(enum.StrEnum):
    """How much a diagnostic matters: an error means that something was not read."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One problem with one place of the input.

    `code` is a stable word for programs (`hcl-syntax`, `module-missing`); `gap` is true when something that should have
    been read was not, so that the report is incomplete.
    """

    span: Span
    code: str
    message: str
    level: Level = Level.ERROR
    gap: bool = False
