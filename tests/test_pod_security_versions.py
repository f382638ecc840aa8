"""The Pod Security Standards in every version: what each says of pods that differ in one thing from a good one."""

from __future__ import annotations

import json

import pytest

from auditor.model.graph import Graph
from auditor.views.kubernetes.pod import Pod, pod_of
from auditor.views.pod_security import CONTROLS, LATEST, Level, assess
from tests.kubernetes_made import graph_of
from tests.pod_security_cases import VERSIONS, Case, cases

CASES = tuple(cases())


@pytest.fixture(scope="module")
def pods() -> dict[str, Pod]:
    text = "\n---\n".join(json.dumps({**case.pod, "metadata": {**case.pod["metadata"], "name": f"p{n}"}}) for n, case in enumerate(CASES))
    graph: Graph = graph_of(text)
    found = {case.name: pod_of(resource, graph) for case, resource in zip(CASES, graph.resources, strict=True)}
    return {name: pod for name, pod in found.items() if pod is not None}


@pytest.mark.parametrize("level", [Level.BASELINE, Level.RESTRICTED])
@pytest.mark.parametrize("version", VERSIONS, ids=lambda it: f"{it[0]}.{it[1]}")
def test_every_case(level: Level, version: tuple[int, int], pods: dict[str, Pod]) -> None:
    wrong = [case.name for case in CASES if assess(pods[case.name], level, version).passed is case.forbidden(level, version)]
    assert not wrong


def test_the_privileged_level_forbids_nothing(pods: dict[str, Pod]) -> None:
    assert all(assess(pods[case.name], Level.PRIVILEGED).passed for case in CASES)


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_control_fails_somewhere(pods: dict[str, Pod]) -> None:
    failing = {
        control for case in CASES for level in Level for v in ((1, 18), LATEST) for control in assess(pods[case.name], level, v).controls
    }
    assert failing == {control.name for control in CONTROLS}


def test_what_the_baseline_forbids_the_restricted_level_forbids() -> None:
    def weaker(case: Case) -> bool:
        return any(case.forbidden(Level.BASELINE, v) and not case.forbidden(Level.RESTRICTED, v) for v in VERSIONS)

    # from 1.25 on, capabilities of Windows pods are judged by the baseline's control only where it is not replaced
    assert {case.name.rpartition(" in ")[0] for case in CASES if weaker(case)} == {"add NET_ADMIN on windows"}
