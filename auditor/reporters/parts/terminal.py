"""Colours, symbols and line breaks of a terminal."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.rule import Severity
from auditor.reporters.parts.printable import width

_COLORS = {
    Severity.CRITICAL: "1;97;41",
    Severity.HIGH: "1;31",
    Severity.MEDIUM: "1;33",
    Severity.LOW: "1;36",
    Severity.INFO: "1;34",
}


@dataclass(frozen=True, slots=True)
class Terminal:
    """What the reader's terminal can show."""

    color: bool
    unicode: bool
    columns: int

    def paint(self, text: str, code: str) -> str:
        """The text in a colour, where there are colours."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text

    def bold(self, text: str) -> str:
        """Emphasised."""
        return self.paint(text, "1")

    def dim(self, text: str) -> str:
        """Less important."""
        return self.paint(text, "2")

    def severity(self, severity: Severity, text: str) -> str:
        """In the colour of a severity."""
        return self.paint(text, _COLORS[severity])

    @property
    def bar(self) -> str:
        """Between line numbers and source."""
        return "│" if self.unicode else "|"

    @property
    def dot(self) -> str:
        """Between the parts of a line."""
        return "·" if self.unicode else "-"

    @property
    def ellipsis(self) -> str:
        """Where something was cut."""
        return "…" if self.unicode else "..."

    @property
    def arrow(self) -> str:
        """From a cause to its effect, or from a resource to what it hangs on."""
        return "→" if self.unicode else "->"

    def rule(self, columns: int) -> str:
        """A line across."""
        return ("─" if self.unicode else "-") * columns

    def wrap(self, text: str, indent: int) -> list[str]:
        """The text in lines that fit beside an indent; a word that does not fit stands alone."""
        room = max(self.columns - indent, 20)
        if width(text) <= room:
            return [text]
        lines, line, used = [], "", 0
        for word in text.split():
            size = width(word)
            if line and used + 1 + size > room:
                lines.append(line)
                line, used = word, size
            else:
                line = f"{line} {word}" if line else word
                used += size + bool(used)
        return [*lines, line] if line else lines
