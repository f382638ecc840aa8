"""The Pod Security Standards: our evaluator against the one of Kubernetes itself, and against its published fixtures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.model.graph import Graph
from auditor.views.kubernetes.pod import pod_of
from auditor.views.pod_security import Level, Version, assess
from tests.kubernetes_made import graph_of
from tests.pod_security_cases import VERSIONS, cases, mixtures

MODULE = "k8s.io/pod-security-admission"
PROGRAM = Path(__file__).parent / "pod_security"
MIXED = 6_000
needs_go = pytest.mark.skipif(shutil.which("go") is None, reason="needs Go: apt-get install golang-go")


def _go(*arguments: str) -> str:
    done = subprocess.run(["go", *arguments], cwd=PROGRAM, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{MODULE} cannot be had: (cd {PROGRAM.name}; go mod download): {done.stderr[-300:]}")
    return done.stdout


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = tmp_path_factory.mktemp("oracle") / "oracle"
    _go("build", "-o", os.fspath(program), ".")
    return program


def _ask(oracle: Path, questions: list[tuple[dict[str, Any], Level, Version]]) -> list[list[str]]:
    lines = [json.dumps({"level": level, "version": f"v{v[0]}.{v[1]}", "pod": pod}) for pod, level, v in questions]
    done = subprocess.run([oracle], input="\n".join(lines), capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["error"] for answer in answers if "error" in answer] == []
    assert len(answers) == len(questions)
    return [answer["forbidden"] for answer in answers]


def _ours(questions: list[tuple[dict[str, Any], Level, Version]]) -> Iterator[tuple[str, ...]]:
    named = [{**pod, "metadata": {**pod["metadata"], "name": f"p{n}"}} for n, (pod, _, _) in enumerate(questions)]
    graph: Graph = graph_of("\n---\n".join(map(json.dumps, named)))
    for resource, (_, level, version) in zip(graph.resources, questions, strict=True):
        pod = pod_of(resource, graph)
        assert pod is not None
        yield assess(pod, level, version).controls


NAMES = {
    "privileged": "privileged containers",
    "host namespaces": "host namespaces",
    "hostPort": "host ports",
    "hostPath volumes": "host path volumes",
    "non-default capabilities": "capabilities",
    "forbidden sysctls": "sysctls",
    "seLinuxOptions": "SELinux",
    "hostProcess": "host process",
    "forbidden AppArmor profile": "AppArmor",
    "forbidden AppArmor profiles": "AppArmor",
    "procMount": "proc mount",
    "probe or lifecycle host": "host probes",
    "restricted volume types": "volume types",
    "allowPrivilegeEscalation != false": "privilege escalation",
    "unrestricted capabilities": "dropped capabilities",
    "runAsNonRoot != true": "running as non-root",
    "runAsUser=0": "root user",
}
"""What Kubernetes says -> our control; `seccompProfile` is one name for the controls of both levels."""


@needs_go
def test_every_case_in_every_version(oracle: Path) -> None:
    levels = (Level.BASELINE, Level.RESTRICTED)
    questions = [(case.pod, level, version) for case in cases() for level in levels for version in VERSIONS]
    expected = [case.forbidden(level, version) for case in cases() for level in levels for version in VERSIONS]
    assert [bool(found) for found in _ask(oracle, questions)] == expected


@needs_go
@pytest.mark.parametrize("seed", [1, 2])
def test_mixtures(oracle: Path, seed: int) -> None:
    questions = list(mixtures(MIXED // 2, seed))
    wrong = []
    for (pod, level, version), theirs, ours in zip(questions, _ask(oracle, questions), _ours(questions), strict=True):
        said = {NAMES.get(it, "seccomp" if it == "seccompProfile" else it) for it in theirs}
        if said != {"seccomp" if it == "seccomp profile" else it for it in ours}:
            wrong.append((pod, level, version, theirs, ours))
    assert not wrong[:3]


@needs_go
def test_published_fixtures() -> None:
    folder = Path(_go("list", "-m", "-f", "{{.Dir}}", MODULE).strip()) / "test" / "testdata"
    if not folder.is_dir():
        pytest.skip(f"the fixtures of {MODULE} are not here: go mod download {MODULE}")
    wrong, count = [], 0
    for group in sorted(folder.glob("*/*/*")):
        level, version, wanted = group.parts[-3:]
        major, minor = version.removeprefix("v").split(".")
        files = sorted(group.glob("*.yaml"))
        graph = graph_of("\n---\n".join(file.read_text() for file in files))
        for file, resource in zip(files, graph.resources, strict=True):
            pod = pod_of(resource, graph)
            assert pod is not None
            count += 1
            if assess(pod, Level(level), (int(major), int(minor))).passed is not (wanted == "pass"):
                wrong.append(file.relative_to(folder).as_posix())
    assert wrong == []
    assert count > 4000
