"""Charts as they are written: which values no template uses."""

from __future__ import annotations

import pytest

from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.helm_chart import units

CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"


def unused(values: str, template: str, **more: str) -> list[str | None]:
    """The values that the chart's only template does not use; `more` are further files, `__` for a slash."""
    files = {"Chart.yaml": CHART, "values.yaml": values, "templates/a.yaml": template}
    files |= {
        name.replace("__", "/").replace("_yaml", ".yaml").replace("_tpl", ".tpl").replace("_tgz", ".tgz"): text
        for name, text in more.items()
    }
    (unit,) = units(Files.of({f"shop/{name}": text for name, text in files.items()}), Settings())
    (chart,) = unit.load().resources
    return [node.text for node in chart.meta.each("unused")]


@pytest.mark.parametrize(
    ("values", "template", "found"),
    [
        ("a: 1\nb: 2\n", "x: {{ .Values.a }}", ["b"]),
        ("a: {b: 1, c: 2}\n", "x: {{ .Values.a.b }}", ["a.c"]),
        ("a: {b: 1, c: 2}\n", "x: {{ toYaml .Values.a }}", []),
        ("a: {b: 1, c: 2}\n", 'x: {{ index .Values "a" "b" }}', ["a.c"]),
        ("a: {b: 1, c: 2}\n", 'x: {{ index .Values.a "b" }}', []),
        ("a: 1\nb: 2\n", "x: {{ $.Values.a }}{{/* .Values.b */}}", []),
        ("a: 1\nb: 2\n", "x: .Values.b {{ .Values.a }}", ["b"]),
        ("a: 1\nb: 2\n", "x: {{ .Values | toYaml }}", []),
        ("a: 1\nb: 2\n", "x: {{ range $k, $v := .Values }}{{ end }}", []),
        ("a: 1\nb: 2\n", 'x: {{ include "unseen.names" . }}{{ .Values.a }}', []),
        ("a: 1\nb: 2\n", "x: {{ include $name . }}{{ .Values.a }}", []),
        ("a: '{{ .Values.b }}'\nb: 2\nc: 3\n", "x: {{ tpl .Values.a . }}", ["c"]),
        ("a: 1\nglobal: {b: 2}\ntags: {c: true}\n", "x: {{ .Values.a }}", []),
        ("a: 1\nb: 2\nc: 3\n", "x: {{ .Values.a }}", []),  # more than half: the templates are elsewhere
        ("", "x: {{ .Values.a }}", []),
    ],
)
def test_values_that_no_template_uses(values: str, template: str, found: list[str]) -> None:
    assert unused(values, template) == found


def test_values_of_subcharts_are_theirs() -> None:
    values, template = "a: 1\nredis: {b: 2}\nd: 4\n", 'x: {{ .Values.a }}{{ include "own" . }}'
    helper = '{{ define "own" }}{{ end }}'
    assert unused(values, template, templates__h_tpl=helper) == []
    assert unused(values, template, templates__h_tpl=helper, charts__redis__Chart_yaml=CHART) == ["d"]
    assert unused(values, template, templates__h_tpl=helper, charts__redis_tgz="packed") == []


def test_a_chart_in_a_chart_is_no_unit_of_its_own() -> None:
    files = Files.of({"a/Chart.yaml": CHART, "a/charts/b/Chart.yaml": CHART, "c/Chart.yaml": CHART, "d/Chart.yaml": "- no table\n"})
    assert [unit.name for unit in units(files, Settings())] == ["a", "c", "d"]
    assert [len(unit.load().resources) for unit in units(files, Settings())] == [1, 1, 0]
