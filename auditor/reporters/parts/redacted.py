"""Findings and diagnostics without the secrets that their texts hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from auditor.model.diagnostic import Diagnostic
from auditor.model.finding import Absent, Change, Code, DriftDetail, Evidence, Finding, Live, Suppression, Why
from auditor.model.node import Node
from auditor.model.redacted_text import mask_data, mask_text
from auditor.model.redaction import mask, reference, secret_name
from auditor.model.report import Skip
from auditor.model.resource import Origin
from auditor.model.value import NO_PLACE, Unknown, Value, digest, from_plain, plain

SENSITIVE = "(sensitive)"
"""What the engine writes in place of a value that is marked as secret."""

_LAST_KEY = re.compile(r"([\w-]+)\"?\]?(?:\[\d+\])*$")
_NO_VALUE = ("", "not set", "true", "false", "null")

Hide = Callable[[str], str]


def holds_secret(finding: Finding) -> bool:
    """Whether the value that the finding is about is a secret: it is marked so, or its attribute is named so."""
    if finding.actual == SENSITIVE or any(isinstance(e, Code | Live) and _shown(e) == SENSITIVE for e in finding.evidence):
        return True
    if finding.actual in _NO_VALUE or finding.actual.startswith("unknown"):
        return False
    return _names_secret(finding.attribute)


@lru_cache(8192)
def _names_secret(attribute: str) -> bool:
    last = _LAST_KEY.search(attribute)
    return last is not None and secret_name(last[1])


def redacted(finding: Finding) -> Finding:
    """The finding with the secrets in its texts masked; the finding itself when there are none."""
    secret = holds_secret(finding)
    if not secret and _is_harmless(finding):
        return finding
    hide = _hider(finding) if secret else mask_text
    changes: dict[str, Any] = {
        "message": hide(finding.message),
        "expected": hide(finding.expected),
        "actual": hide(finding.actual),
        "history": tuple(_origin(step, hide, secret) for step in finding.history),
        "whys": tuple(_why(why, hide) for why in finding.whys),
        "evidence": tuple(_evidence(one, hide) for one in finding.evidence),
        "change": _evidence(finding.change, hide) if finding.change else None,
        "suppression": _suppression(finding.suppression, hide) if finding.suppression else None,
        "drift": _drift(finding.drift, secret) if finding.drift else None,
    }
    changed = {name: value for name, value in changes.items() if value != getattr(finding, name)}
    return replace(finding, **changed) if changed else finding


def _is_harmless(finding: Finding) -> bool:
    """Whether a finding that only has texts has none to mask; most are like that, and need no copy."""
    if finding.history or finding.change or finding.suppression or finding.drift:
        return False
    proofs = [*finding.evidence, *(why.evidence for why in finding.whys if why.evidence)]
    if not all(isinstance(proof, Code | Absent) for proof in proofs):
        return False
    texts = (finding.message, finding.expected, finding.actual, *(why.text for why in finding.whys))
    return all(mask_text(text) == text for text in (*texts, *(proof.text for proof in proofs if isinstance(proof, Code))))


def redacted_diagnostic(diagnostic: Diagnostic) -> Diagnostic:
    """The same for a diagnostic."""
    return replace(diagnostic, message=mask_text(diagnostic.message))


def redacted_skip(skip: Skip) -> Skip:
    """The same for what was left out or refused."""
    return replace(skip, reason=mask_text(skip.reason))


def _hider(finding: Finding) -> Hide:
    """Masks, besides what is secret by itself, every text that the value's history gives."""
    texts = {_text(step.value) for step in finding.history}
    values = sorted((text for text in texts if len(text) >= 4 and not reference(text)), key=lambda text: (-len(text), text))

    def hide(text: str) -> str:
        for value in values:
            text = text.replace(value, mask(value))
        return mask_text(text)

    return hide


def _text(value: object) -> str:
    found = value.value_ if isinstance(value, Node) else value
    data = found.data if isinstance(found, Value) else found
    return data if isinstance(data, str) else ""


def _origin(step: Origin, hide: Hide, secret: bool) -> Origin:
    value = plain_value(step.value)
    if secret and isinstance(value, str | int | float | list) and not isinstance(value, bool):
        value = {"$redacted": digest(from_plain(value, lambda _: NO_PLACE))}
    return Origin(step.kind, hide(step.text), step.span, mask_data(value))


def plain_value(value: object) -> Any:
    """Whatever an evaluator put into a history as plain JSON data."""
    match value:
        case Node():
            return value.plain()
        case Value():
            return plain(value)
        case Unknown():
            return {"$unknown": value.reason}
        case None | str() | bool() | int() | float() | list() | dict():
            return value
        case _:
            return plain(Value(value))  # type: ignore[arg-type]


def _why(why: Why, hide: Hide) -> Why:
    return Why(hide(why.text), _evidence(why.evidence, hide) if why.evidence else None)


def _shown(evidence: Code | Live) -> str:
    return evidence.text if isinstance(evidence, Code) else evidence.value


def _evidence(evidence: Evidence, hide: Hide) -> Evidence:
    match evidence:
        case Code():
            return Code(evidence.span, hide(evidence.text))
        case Live():
            return replace(evidence, call=hide(evidence.call), value=hide(evidence.value))
        case Change():
            return replace(evidence, summary=hide(evidence.summary))
        case Absent():
            return evidence


def _suppression(suppression: Suppression, hide: Hide) -> Suppression:
    return replace(suppression, reason=hide(suppression.reason))


def _drift(drift: DriftDetail, secret: bool) -> DriftDetail:
    last = _LAST_KEY.search(drift.path or "")
    name = last[1] if last else ""
    return replace(drift, values={facet: _drifted(value, "secret" if secret else name) for facet, value in drift.values.items()})


def _drifted(value: Any, name: str) -> Any:
    return mask_data(plain_value(value), name)
