"""Evidence in words."""

from __future__ import annotations

from auditor.model.finding import Absent, Change, Code, Evidence, Live
from auditor.reporters.parts.entries import shown_place


def evidence_words(evidence: Evidence, prefix: str) -> str:
    """Where it is and what it says."""
    place = shown_place(prefix, evidence.span)
    match evidence:
        case Code(text=text):
            return f"{place}: {text}"
        case Live(call=call, value=value, time=time):
            return f"{call or place}{f' at {time.isoformat()}' if time else ''}: {value}"
        case Change(ref=ref, who=who, when=when, summary=summary):
            return f"{ref[:12]} by {who}, {when.date().isoformat()}: {summary}"
        case Absent(searched=searched, what=what):
            return f"{place}: {f'no {what} in ' if what else ''}{searched}"
