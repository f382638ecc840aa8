"""Charts: lines of templates, values files, gaps; and the real renderers where they are installed."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.app import render
from auditor.loaders import Loading, Release, Render, Rendering, Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units
from auditor.loaders.kubernetes.marks import mark
from auditor.views.kubernetes.lifecycle import NEWEST

TEMPLATE = """\
{{- if .Values.image }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: {{ .Values.image | quote }}
          args:
            - |
              one
              two
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          tty: {{ .Values.tty }}
{{- end }}
"""
CHART = {
    "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "web/values.yaml": "image: shop/web:1\ntty: true\nresources: {limits: {cpu: 1}}\n",
    "web/templates/deployment.yaml": TEMPLATE,
}


def rendered(files: Mapping[str, bytes], values: tuple[bytes, ...], release: Release) -> Rendering:
    """A renderer that knows just this template."""
    text = files["templates/deployment.yaml"].decode()
    image = values[-1].decode().strip() if values else "shop/web:1"
    text = re.sub(r"\{\{- toYaml .Values.resources \| nindent 12 \}\}", "\n              limits:\n                cpu: 1", text)
    text = text.replace("{{ .Values.image | quote }}", f'"{image}"').replace("{{ .Values.tty }}", "true")
    return Rendering({"web/templates/deployment.yaml": re.sub(r"\{\{-? (?:if|end).*\}\}", "", text)})


def load(renderer: Render | None, texts: Mapping[str, str] = CHART, values: tuple[str, ...] = ()) -> Loading:
    found = units(Files.of(texts), Settings(render_chart=renderer, values=values))
    (chart,) = (unit for unit in found if unit.format == "helm")
    return chart.load()


def test_values_stand_at_the_lines_of_the_template() -> None:
    (it,) = load(rendered).resources
    lines = {path: it.at(path).span.line for path in ("kind", "metadata.name")}
    container = it.at("spec.template.spec.containers[0]")
    lines |= {path: container.at(path).span.line for path in ("name", "image", "args[0]", "resources.limits.cpu", "tty")}
    assert lines == {"kind": 3, "metadata.name": 5, "name": 10, "image": 11, "args[0]": 13, "resources.limits.cpu": 17, "tty": 18}
    assert (it.span.file, it.span.line, it.root) == ("web/templates/deployment.yaml", 2, "web")


def test_values_files_are_handed_on() -> None:
    (it,) = load(rendered, {**CHART, "prod": "shop/web:2\n"}, ("prod",)).resources
    assert it.at("spec.template.spec.containers[0].image").data == "shop/web:2"


def test_marks_that_change_what_comes_out_are_not_trusted() -> None:
    def careless(files: Mapping[str, bytes], values: tuple[bytes, ...], release: Release) -> Rendering:
        found = rendered(files, values, release)
        text = files["templates/deployment.yaml"].decode()
        return Rendering({name: f"{it}\nhash: x{len(text)}\n" for name, it in found.texts.items()})

    (it,) = load(careless).resources
    assert {it.at(path).span.line for path in ("kind", "metadata.name", "spec")} == {1}


def test_what_cannot_be_rendered_is_a_gap() -> None:
    def refusing(files: Mapping[str, bytes], values: tuple[bytes, ...], release: Release) -> Rendering:
        return Rendering(problem="image is required")

    found = load(refusing)
    assert [(it.code, it.gap, "image is required" in it.message) for it in found.diagnostics] == [("helm-not-rendered", True, True)]
    assert [it.code for it in load(None).diagnostics] == ["helm-not-rendered"]
    assert found.gaps


def test_what_bears_no_mark() -> None:
    text = "a: 1\n# c\n{{- if x }}\nb: |\n  text\n  more\nc: {{ x\n  | y }}\nd: 'it\n  is'\n{{ define \"x\" }}\ne: 1\n{{ end }}\nf: 2\n"
    marked = [line for line in mark(text, 0).split("\n") if "#@@" in line]
    assert marked == ["a: 1 #@@0:1", "b: | #@@0:4", "f: 2 #@@0:14"]


STAND_IN = """#!{python} -I
import json
import sys
import helm_python as helm
word, name, folder, flag, namespace, *more = sys.argv[1:]
assert (word, flag, more.pop(0)) == ("template", "--namespace", "--kube-version"), sys.argv
version = more.pop(0)
values = {{}}
for option, path in zip(more[::2], more[1::2]):
    if option == "-f":
        values |= helm.values_from_yaml(open(path).read())
try:
    with helm.Chart.load(folder) as chart:
        options = {{"name": name, "namespace": namespace, "kube_version": version}}
        found = json.loads(helm._native.call_string("helm_render", chart._raw(), json.dumps(values), json.dumps(options)))
except Exception as error:
    sys.exit(f"Error: {{error}}\\n\\nUse --debug flag to render out invalid YAML")
for source, text in found.items():
    print(f"---\\n# Source: {{source}}\\n{{text}}")
"""
"""A `helm` that knows `template`, for machines without the real one."""


@pytest.fixture(params=["package", "binary"])
def renderer(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Render:
    """The package, and the binary (or what stands in for it)."""
    if request.param == "package":
        return render._with_package
    if shutil.which("helm") is None:
        stand_in = tmp_path / "helm"
        stand_in.write_text(STAND_IN.format(python=sys.executable))
        stand_in.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return render._with_binary


def test_the_real_renderers(renderer: Render) -> None:
    (it,) = load(renderer, {**CHART, "prod": "image: shop/web:2\n"}, ("prod",)).resources
    container = it.at("spec.template.spec.containers[0]")
    assert (container.at("image").data, container.at("image").span.line) == ("shop/web:2", 11)
    assert (container.at("resources.limits.cpu").data, container.at("tty").span.line) == (1, 18)


def test_charts_that_do_not_render_say_why(renderer: Render) -> None:
    broken = {**CHART, "web/templates/deployment.yaml": '{{ fail "no image" }}\n'}
    assert "no image" in load(renderer, broken).diagnostics[0].message


def test_a_program_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "SECONDS", 1)
    out, problem = render._run(["sleep", "20"], "", "/tmp")
    assert (out, problem) == ("", "it took more than 1 seconds")


def test_a_program_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "x")
    out, _ = render._run(["env"], "", "/tmp")
    assert "TOKEN" not in out
    assert "HOME=/tmp" in out


def test_a_value_remembers_the_values_file() -> None:
    (it,) = load(rendered, {**CHART, "prod": "image: shop/web:2\n"}, ("prod",)).resources
    assert it.history
    container = "spec.template.spec.containers[0]"
    steps = {path: [(step.kind, step.span.file, step.span.line) for step in it.history(f"{container}.{path}")] for path in ("tty", "name")}
    template = "web/templates/deployment.yaml"
    assert steps == {"tty": [("expression", template, 18), ("values", "web/values.yaml", 2)], "name": []}
    assert [step.text for step in it.history(f"{container}.resources.limits.cpu")][1:] == ["resources.limits.cpu = 1"]


def test_comments_of_templates_suppress() -> None:
    ours = "        # auditor:ignore=some-rule reason=x\n        {{- /* auditor:ignore=other-rule reason=y */}}\n        - name: web\n"
    marked = TEMPLATE.replace("        - name: web\n", ours)

    def without(files: Mapping[str, bytes], values: tuple[bytes, ...], release: Release) -> Rendering:
        found = rendered(files, values, release).texts
        return Rendering({name: re.sub(r"\n.*/\*.*", "", text) for name, text in found.items()})

    found = load(without, {**CHART, "web/templates/deployment.yaml": marked})
    assert [(it.file, it.line) for it in found.comments] == [("web/templates/deployment.yaml", line) for line in (10, 11)]
    assert any(it.start == 12 for it in found.blocks)


def test_charts_are_rendered_for_the_version_of_the_user_else_the_newest(renderer: Render) -> None:
    chart = {
        "web/Chart.yaml": 'apiVersion: v2\nname: web\nversion: 1.0.0\nkubeVersion: ">=1.30.0-0"\n',
        "web/templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {v: '{{ .Capabilities.KubeVersion.Version }}'}\n",
    }
    for version, expected in (("", f"v1.{NEWEST[1]}.0"), ("1.31", "v1.31.0"), ("v1.32.4", "v1.32.4")):
        (unit,) = units(Files.of(chart), Settings(render_chart=renderer, kubernetes_version=version))
        (it,) = unit.load().resources
        assert it.at("data.v").data == expected
