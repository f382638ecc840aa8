"""Findings cross processes as they are."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

from auditor.model.finding import Code, Why
from auditor.model.pickling import packed
from auditor.model.resource import Origin
from auditor.model.span import Span
from tests.sample_report import report


@dataclass(frozen=True, slots=True)
class One:
    x: int


def test_findings_come_back_equal() -> None:
    findings = report().findings
    assert findings
    assert pickle.loads(pickle.dumps(findings, 5)) == findings


def test_a_packed_object_is_a_call_with_its_fields() -> None:
    span = Span("a.tf", 1, 2, 3, 4)
    why = Why("why", Code(span, "x"))
    assert span.__reduce__() == (Span, ("a.tf", 1, 2, 3, 4))
    assert pickle.loads(pickle.dumps((why, Origin("literal", "x", span, {"a": [1]})))) == (why, Origin("literal", "x", span, {"a": [1]}))


def test_one_field_is_enough() -> None:
    assert packed(One)(7).__reduce__() == (One, (7,))
