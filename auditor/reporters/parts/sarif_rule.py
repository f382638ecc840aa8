"""Rules as SARIF describes them, and its words for severities."""

from __future__ import annotations

from typing import Any

from auditor.model.diagnostic import Level
from auditor.model.rule import Confidence, Rule, Severity
from auditor.reporters.parts.prose import gist, plain

LEVELS = {Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note", Severity.INFO: "note"}
PROBLEM_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}

_SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "3.0", Severity.INFO: "0.0"}
_PRECISION = {Confidence.CERTAIN: "very-high", Confidence.FIRM: "high", Confidence.LIKELY: "medium"}
_SECTIONS = ("Why it matters", "Five whys", "Fix now", "Workaround", "Prevent", "Validate", "Bad", "Good")
_MAX_DESCRIPTION = 1_000
"""GitHub takes no more than 1,024 characters."""


def descriptor(rule_id: str, severity: Severity, rule: Rule | None) -> dict[str, Any]:
    """A `reportingDescriptor`; `rule` is None for findings that no rule file stands behind (drift, other tools)."""
    found: dict[str, Any] = {
        "id": rule_id,
        "name": "".join(part[:1].upper() + part[1:] for part in rule_id.replace("_", "-").split("-")),
        "defaultConfiguration": {"level": LEVELS[rule.severity if rule else severity]},
        "properties": {"tags": ["security", "infrastructure"], "security-severity": _SCORES[rule.severity if rule else severity]},
    }
    if rule is None:
        return found | {"shortDescription": {"text": rule_id}}
    page = rule.page
    why = plain(page.section("Why it matters"))
    found["shortDescription"] = {"text": page.summary or rule_id}
    found["fullDescription"] = {"text": _short(why, page.section("Why it matters")) or page.summary or rule_id}
    markdown = "\n\n".join([page.summary, *(f"## {title}\n\n{page.section(title)}" for title in _SECTIONS if page.section(title))])
    found["help"] = {"text": "\n\n".join([page.summary, *_advice(rule)]) or rule_id, "markdown": markdown or rule_id}
    found["properties"] |= {
        "tags": ["security", "infrastructure", str(rule.profile)],
        "precision": _PRECISION[rule.confidence],
        "problem.severity": {"error": "error", "warning": "warning"}.get(LEVELS[rule.severity], "recommendation"),
        "aliases": list(rule.aliases),
        "kinds": sorted(rule.kinds),
    }
    return found


def _short(text: str, markdown: str) -> str:
    return text if len(text) <= _MAX_DESCRIPTION else gist(markdown, 3)[:_MAX_DESCRIPTION]


def _advice(rule: Rule) -> list[str]:
    return [f"{title}\n{plain(rule.page.section(title))}" for title in _SECTIONS[:6] if rule.page.section(title)]
