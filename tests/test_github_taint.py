"""Whose text an expression in code reads."""

from __future__ import annotations

import pytest

from auditor.views.github.taint import Origin, exposed, message
from tests.github_made import file_of, graph_of

OUTSIDE, CALLER, HAND, COMPUTED = Origin.OUTSIDE, Origin.CALLER, Origin.HAND, Origin.COMPUTED
WORKFLOW = """\
on:
  workflow_call:
    inputs: {text: {type: string}, flag: {type: boolean}, both: {type: number}}
  workflow_dispatch:
    inputs: {typed: {type: choice, options: [a]}, free: {required: true}}
  push: {tags: ['v*']}
env: {STATIC: x, TITLE: "${{ github.event.issue.title }}", AGAIN: "${{ env.TITLE }}"}
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy: {matrix: {written: [a, b], made: "${{ fromJSON(needs.x.outputs.y) }}", include: [{added: 1}]}}
    steps:
      - {id: files, uses: tj-actions/changed-files@v46}
      - run: use ${{ EXPRESSION }}
"""


def origins(text: str) -> list[Origin]:
    """The origins of everything exposed in a workflow."""
    graph = graph_of({".github/workflows/main.yml": text})
    return [found.origin for found in exposed(*Origin)(file_of(graph), graph)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("github.event.issue.title", [OUTSIDE]),
        ("github.event", [OUTSIDE]),
        ("github.event.issue.number", []),
        ("github.event.pull_request.head.sha", []),
        ("github.ref_name", [HAND]),
        ("github.event.client_payload.x", [CALLER]),
        ("github.event.label.name", [HAND]),
        ("github.repository", []),
        ("github.actor", [COMPUTED]),
        ("inputs.text", [CALLER]),
        ("inputs.flag", []),
        ("inputs.typed", []),
        ("inputs.free", [HAND]),
        ("inputs.unheard_of", [COMPUTED]),
        ("env.STATIC", []),
        ("env.TITLE", [OUTSIDE]),
        ("env.AGAIN", [OUTSIDE]),
        ("env.ELSEWHERE", [COMPUTED]),
        ("matrix.written", []),
        ("matrix.made", [COMPUTED]),
        ("matrix.added", []),
        ("steps.files.outputs.all_changed_files", [COMPUTED]),
        ("steps.files.outputs.result", [COMPUTED]),
        ("steps.files.outcome", []),
        ("needs.x.result", []),
        ("needs.x.outputs.y", [COMPUTED]),
        ("secrets.X", []),
        ("runner.os", []),
        ("runner.name", [COMPUTED]),
        ("contains(github.event.issue.title, 'x')", []),
        ("github.event.issue.title && 'a' || 'b'", []),
        ("format('{0}', github.event.issue.title)", [OUTSIDE]),
    ],
)
def test_origin(expression: str, expected: list[Origin]) -> None:
    assert origins(WORKFLOW.replace("EXPRESSION", expression)) == expected


def test_names_of_branches_that_are_written_out_are_no_free_text() -> None:
    text = WORKFLOW.replace("EXPRESSION", "github.ref_name")
    assert origins("on: {push: {branches: [main]}}\n" + text.partition("env: ")[1] + text.partition("env: ")[2]) == [COMPUTED]


def test_changed_files_of_a_pull_request_are_chosen_by_its_author() -> None:
    text = WORKFLOW.replace("EXPRESSION", "steps.files.outputs.all_changed_files").replace("push: {tags: ['v*']}", "pull_request: {}")
    assert origins(text) == [HAND]


def test_inputs_that_actions_run_are_code() -> None:
    step = "{uses: SOME, with: {SCRIPT: 'x ${{ github.event.issue.title }}', other: '${{ github.event.issue.title }}'}}"
    for action, name in (("azure/cli@v2", "inlineScript"), ("actions/github-script@v7", "script"), ("nick-fields/retry@v3", "command")):
        made = step.replace("SOME", action).replace("SCRIPT", name)
        assert origins(f"on: issues\njobs: {{a: {{runs-on: x, steps: [{made}]}}}}") == [OUTSIDE]


def test_the_message_names_the_text_and_who_writes_it() -> None:
    graph = graph_of({".github/workflows/main.yml": WORKFLOW.replace("EXPRESSION", "inputs.text")})
    (found,) = exposed(CALLER)(file_of(graph), graph)
    assert message(found) == "inputs.text is chosen by whoever calls this, and becomes part of the code"
    assert found.where.span.line == 14
