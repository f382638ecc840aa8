"""Texts that engines paste into scripts, variables that scripts run as code, and writes to the environment file."""

from __future__ import annotations

import pytest

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.pipeline.environment_writes import environment_writes
from auditor.views.pipeline.injection import evaluated, pasted
from tests.github_made import file_of, graph_of


def made(path: str, text: str) -> tuple[Resource, Graph]:
    """The resource of one file, and its graph."""
    graph = graph_of({path: text, ".github/workflows/other.yml": "on: push\njobs: {}\n"})
    return file_of(graph, path), graph


AZURE = """\
parameters: [{name: free, type: string}, {name: one, type: string, values: [a]}, {name: number, type: number}]
trigger: none
steps:
  - bash: run SCRIPT
"""
JENKINS = """\
pipeline { agent any
  stages { stage('a') { steps {
    sh QUOTEDrun SCRIPTQUOTED
  } } } }
"""
CIRCLE = """\
version: 2.1
parameters: {free: {type: string}, flag: {type: boolean}}
jobs: {a: {docker: [{image: x}], steps: [{run: "run SCRIPT"}]}}
workflows: {w: {jobs: [a]}}
"""


@pytest.mark.parametrize(
    ("path", "text", "script", "expected"),
    [
        ("azure-pipelines.yml", AZURE, "$(Build.SourceBranchName)", [("Build.SourceBranchName", True)]),
        ("azure-pipelines.yml", AZURE, "$(Build.BuildId)", []),
        ("azure-pipelines.yml", AZURE, "${{ parameters.free }}", [("parameters.free", False)]),
        ("azure-pipelines.yml", AZURE, "${{ parameters.one }}", []),
        ("azure-pipelines.yml", AZURE, "${{ parameters.number }}", []),
        ("azure-pipelines.yml", AZURE, "$(date)", []),
        (".circleci/config.yml", CIRCLE, "<< pipeline.git.branch >>", [("pipeline.git.branch", True)]),
        (".circleci/config.yml", CIRCLE, "<< pipeline.parameters.free >>", [("pipeline.parameters.free", False)]),
        (".circleci/config.yml", CIRCLE, "<< pipeline.parameters.flag >>", []),
        (".circleci/config.yml", CIRCLE, "<< pipeline.number >>", []),
        ("Jenkinsfile", JENKINS.replace("QUOTED", '"'), "${env.CHANGE_TITLE}", [("env.CHANGE_TITLE", True)]),
        ("Jenkinsfile", JENKINS.replace("QUOTED", '"'), "${params.X}", [("params.X", False)]),
        ("Jenkinsfile", JENKINS.replace("QUOTED", '"'), "${BUILD_NUMBER}", []),
        ("Jenkinsfile", JENKINS.replace("QUOTED", "'"), "${CHANGE_TITLE}", []),
    ],
)
def test_pasted(path: str, text: str, script: str, expected: list[tuple[str, bool]]) -> None:
    found = [(it.name, it.free) for it in pasted(*made(path, text.replace("SCRIPT", script)))]
    assert found == expected


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ('eval "x $CI_COMMIT_MESSAGE"', ["CI_COMMIT_MESSAGE"]),
        ('bash -c "x $CI_COMMIT_REF_NAME"', ["CI_COMMIT_REF_NAME"]),
        ("bash -c 'x \"$CI_COMMIT_REF_NAME\"'", []),
        ('bash -c \'x "$1"\' _ "$CI_COMMIT_MESSAGE"', []),
        ('eval "$(ssh-agent)"', []),
        ('echo "$CI_COMMIT_MESSAGE"', []),
        ('eval "$CI_PIPELINE_ID"', []),
    ],
)
def test_evaluated(command: str, names: list[str]) -> None:
    text = f"test:\n  script:\n    - |\n      {command}\n"
    assert [it.name for it in evaluated(*made(".gitlab-ci.yml", text))] == names


def test_evaluated_variables_of_github_come_from_the_event() -> None:
    text = "on: issues\njobs: {a: {runs-on: x, steps: [{run: 'eval \"$T$N\"', env: {T: '${{ github.event.issue.title }}', N: x}}]}}\n"
    assert [it.name for it in evaluated(*made(".github/workflows/main.yml", text))] == ["T"]


@pytest.mark.parametrize(
    ("command", "written"),
    [
        ('echo "A=$TITLE" >> $GITHUB_ENV', True),
        ('echo "A=$(cut -d: -f1 x)" >> "$GITHUB_ENV"', True),
        ('some-tool >> "$GITHUB_PATH"', True),
        ("echo $TITLE | tee -a $GITHUB_ENV", True),
        ('echo "A=b" >> "$GITHUB_ENV"', False),
        ('echo "$GITHUB_WORKSPACE/bin" >> "$GITHUB_PATH"', False),
        ('echo "A=$(date +%s)" >> "$GITHUB_ENV"', False),
        ('echo "A=${{ github.sha }}" >> "$GITHUB_ENV"', False),
        ('echo "a=$TITLE" >> "$GITHUB_OUTPUT"', False),
    ],
)
def test_environment_writes(command: str, written: bool) -> None:
    text = f"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          {command}\n"
    assert bool(list(environment_writes(*made(".github/workflows/main.yml", text)))) is written
