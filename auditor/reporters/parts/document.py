"""Findings, rules, diagnostics and coverage as plain JSON data, in the published shapes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Absent, Change, Code, Dependent, DriftDetail, Evidence, Finding, Live
from auditor.model.report import Coverage, Report, Skip
from auditor.model.resource import Origin
from auditor.model.rule import Page, Rule
from auditor.model.span import Span
from auditor.reporters.parts.redacted import plain_value, redacted_diagnostic, redacted_skip
from auditor.reporters.parts.summary import counts, verdict

REMEDY = (("fix_now", "Fix now"), ("workaround", "Workaround"), ("prevent", "Prevent"), ("validate", "Validate"))


def location(span: Span) -> dict[str, Any]:
    """Always of this shape; nowhere is an empty path."""
    return {"path": span.file, "line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def finding(one: Finding) -> dict[str, Any]:
    """A redacted finding, without its remedy."""
    found: dict[str, Any] = {
        "rule_id": one.rule,
        "aliases": list(one.aliases),
        "severity": str(one.severity),
        "confidence": str(one.confidence),
        "outcome": str(one.outcome),
        "facets": [str(facet) for facet in one.facets],
        "resource": one.resource,
        "kind": one.kind,
        "root": one.root,
        "attribute": one.attribute,
        "message": one.message,
        "expected": one.expected,
        "actual": one.actual,
        "location": location(one.span),
        "resource_location": _where(one.resource_span),
        "instances": list(one.instances or (one.resource,)),
        "chain": [location(span) for span in one.chain],
        "related": [location(span) for span in one.related],
        "history": [_step(step) for step in one.history],
        "whys": [{"text": why.text, "evidence": evidence(why.evidence) if why.evidence else None} for why in one.whys],
        "evidence": [evidence(proof) for proof in one.evidence],
        "blast_radius": [_dependent(dependent) for dependent in one.blast],
        "change": evidence(one.change) if one.change else None,
        "sources": list(one.sources),
        "fingerprint": one.fingerprint,
    }
    if one.owner:
        found["owner"] = one.owner
    if one.delta:
        found["delta"] = one.delta
    if one.blame:
        found["blame"] = location(one.blame)
    if one.suppression:
        suppression = one.suppression
        found["suppression"] = {
            "reason": suppression.reason,
            "until": suppression.until.isoformat() if suppression.until else None,
            "tool": suppression.tool,
            "location": location(suppression.span),
        }
    if one.drift:
        found["drift"] = drift(one.drift)
    return found


def drift(detail: DriftDetail) -> dict[str, Any]:
    """What differs, in every facet that was read."""
    by = detail.changed_by
    return {
        "class": detail.classification,
        "path": detail.path,
        "values": dict(detail.values),
        "changed_by": {"who": by.who, "when": by.when, "how": by.how, "confidence": by.confidence},
    }


def evidence(one: Evidence) -> dict[str, Any]:
    """One piece of evidence; `kind` tells which keys there are."""
    match one:
        case Code(text=text):
            return {"kind": "code", "text": text, "location": location(one.span)}
        case Live(call=call, value=value, time=time):
            when = time.isoformat() if time else None
            return {"kind": "live", "call": call, "value": value, "time": when, "location": location(one.span)}
        case Change():
            return {
                "kind": "change",
                "ref": one.ref,
                "who": one.who,
                "when": one.when.isoformat(),
                "summary": one.summary,
                "source": one.source,
                "location": location(one.span),
            }
        case Absent(searched=searched, what=what):
            return {"kind": "absent", "searched": searched, "what": what, "location": location(one.span)}


def remedy(page: Page) -> dict[str, str]:
    """The parts of a rule's page that tell what to do, in Markdown."""
    return {key: page.section(title) for key, title in REMEDY}


def rule(one: Rule) -> dict[str, Any]:
    """What a rule is; its page is not read for it."""
    return {
        "id": one.id,
        "aliases": list(one.aliases),
        "severity": str(one.severity),
        "confidence": str(one.confidence),
        "profile": str(one.profile),
        "facets": sorted(str(facet) for facet in one.facets),
        "kinds": sorted(one.kinds),
    }


def diagnostic(problem: Diagnostic) -> dict[str, Any]:
    """A problem with the input."""
    shown = redacted_diagnostic(problem)
    return {"code": shown.code, "severity": str(shown.level), "message": shown.message, "location": location(shown.span), "gap": shown.gap}


def coverage(one: Coverage, incomplete: bool) -> dict[str, Any]:
    """What was read and what was not."""
    return {
        "files": dict(sorted(one.files)),
        "resources": one.resources,
        "rules": one.rules,
        "evaluated": one.evaluated,
        "passed": one.passed,
        "skipped": _skips(one.skipped),
        "gaps": [diagnostic(gap) for gap in sorted(one.gaps)],
        "refused": _skips(one.refused),
        "complete": not incomplete,
    }


def summary(report: Report, exit_code: int | None) -> dict[str, Any]:
    """The numbers and the verdict."""
    found = verdict(report, exit_code)
    return {
        "verdict": found.word.lower(),
        "text": found.text,
        "fail_on": str(report.fail_on),
        "fail_on_drift": list(report.fail_on_drift),
        "failing": len(report.failing),
        "findings": len(report.findings),
        "severities": {str(severity): number for severity, number in counts(report.findings).items()},
        "unsure": len(report.unsure),
        "suppressed": len(report.suppressed),
        "fixed": len(report.fixed),
        "errors": len(report.errors),
    }


def _where(span: Span | None) -> dict[str, Any] | None:
    return location(span) if span else None


def _step(step: Origin) -> dict[str, Any]:
    return {"value": plain_value(step.value), "origin": step.kind, "text": step.text, "location": location(step.span)}


def _dependent(one: Dependent) -> dict[str, Any]:
    return {"resource": one.resource, "kind": one.kind, "path": list(one.path), "location": location(one.span)}


def _skips(found: Iterable[Skip]) -> list[dict[str, str]]:
    shown = sorted((skip.path, redacted_skip(skip).reason) for skip in found)
    return [{"path": path, "reason": reason} for path, reason in shown]
