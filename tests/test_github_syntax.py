"""The syntax of workflows, actions and Dependabot files: what is refused, and exactly where."""

from __future__ import annotations

import random

import pytest

from auditor.views.github.faults import broken_actions, faults
from auditor.views.github.labels import combinations_without_label
from auditor.views.github.names import closest, nearest
from auditor.views.github.numbers import shortened_numbers
from auditor.views.github.untrusted import untrusted_in_scripts
from auditor.views.github.variables import variables_out_of_scope
from tests.github_made import MAIN, faults_of, graph_of, workflow

CODES = ("empty", "type", "unknown", "missing", "duplicate", "step", "call", "expression-syntax", "undefined-step", "event")

CASES = [
    ("on: push\njobs: {}\n", [("empty", 2, "jobs")]),
    ("on: push\n", [("missing", 1, "on: push")]),
    (workflow(job="timeout_minutes: 3"), [("unknown", 5, "timeout_minutes")]),
    (workflow(job="timeout-minutes: 0"), [("range", 5, "0")]),
    (workflow(job="timeout-minutes: ten"), [("type", 5, "ten")]),
    (workflow(job="timeout-minutes: ${{ fromJSON('5') }}"), []),
    (workflow(job="timeout-minutes: 5 ${{ inputs.x }}"), [("type", 5, "5 ${{ inputs.x }}"), ("undefined-input", 5, "inputs.x")]),
    (workflow(job="continue-on-error: 'yes'"), [("type", 5, "'yes'")]),
    (workflow(job="env:\n  A: 1\n  a: 2"), [("duplicate", 7, "a")]),
    (workflow(job="env: {A: 1, A: 2}"), [("duplicate", 5, "A")]),
    (workflow(job="env:\n  <<: {A: 1}"), [("merge", 6, "<<")]),
    (workflow(job="permissions: {Contents: read}"), [("permission", 5, "Contents")]),
    (workflow(job="container: ''"), [("empty", 5, "''")]),
    (workflow(job="container:"), [("empty", 5, "container")]),
    (workflow(job="container: null"), []),
    (workflow(job="container:\n  env: {A: b}"), [("missing", 5, "container")]),
    (workflow(job="environment:\n  url: https://example.org"), [("missing", 5, "environment")]),
    (workflow(job="strategy:\n  matrix:\n    include: a"), [("type", 7, "a")]),
    (workflow(job="strategy:\n  matrix: ${{ fromJSON(inputs.m) }}"), [("undefined-input", 6, "inputs.m")]),
    (workflow("- run: make\n  with: {a: b}"), [("step", 7, "with")]),
    (workflow("- name: nothing"), [("step", 6, "name: nothing")]),
    (workflow("- run: make\n  uses: actions/checkout@v5"), [("step", 6, "run")]),
    (workflow("- "), [("empty", 6, "")]),
    ("on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n", [("missing", 3, "a")]),
    ("on: push\njobs:\n  a:\n    uses: o/r/w.yml@v1\n    runs-on: ubuntu-24.04\n", [("call", 5, "runs-on")]),
    ("on: push\njobs:\n  a:\n    uses: o/r/w.yml@v1\n    secrets: all\n", [("choice", 5, "all")]),
    (workflow(job="with: {a: b}"), [("call", 5, "with")]),
    (workflow(top="on: schedule"), [("schedule", 1, "schedule")]),
    (workflow(top="on: [push, schedule]"), [("schedule", 1, "schedule")]),
    (workflow(top="on:\n  push:\n    branch: main"), [("unknown", 3, "branch")]),
    (workflow(top="on:\n  workflow_call:\n    inputs:\n      a:"), [("empty", 4, "a")]),
    (workflow(top="on:\n  workflow_call:\n    inputs:\n      a: {type: int}"), [("choice", 4, "int")]),
    (workflow(job="runs-on: []"), [("empty", 4, "[]")]),
    (workflow(job="runs-on: {groups: a}"), [("unknown", 4, "groups")]),
    (workflow(job="outputs:\n  a: ${{ steps.x.outputs.y }}"), [("undefined-step", 6, "steps.x")]),
    (workflow("- &a\n  run: make\n- *a"), []),
    (workflow("- id: a\n  run: x\n  background: true\n- parallel:\n    - run: y\n    - uses: actions/checkout@v5\n- wait: a\n- wait-all:\n- cancel: a"), []),
    (workflow("- wait: [a, 1b]\n- cancel: a"), [("undefined-step", 6, "1b"), ("undefined-step", 6, "a"), ("undefined-step", 7, "a")]),
    (workflow("- parallel:\n    - name: x\n    - run: y\n      wiht: z"), [("step", 7, "name: x"), ("unknown", 9, "wiht")]),
    (workflow("- run: x\n  wait: a"), [("step", 6, "run"), ("undefined-step", 7, "a")]),
    (workflow("- parallel:\n    - id: a\n      run: y\n    - run: echo ${{ steps.a.outputs.x }}\n- run: echo ${{ steps.a.outputs.x }}"), [("undefined-step", 9, "steps.a")]),
    ("- on: push\n", [("type", 1, "- on: push")]),
    ("push\n", [("type", 1, "push")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_workflows(text: str, wanted: list[tuple[str, int, str]]) -> None:
    assert faults_of(text) == wanted


ACTION = "name: a\ndescription: b\nruns:\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{ACTION}  using: composite\n  steps:\n    - run: make\n", [("missing", 6, "run")]),
        (f"{ACTION}  using: composite\n  main: x.js\n  steps:\n    - run: make\n      shell: bash\n", [("step", 5, "main")]),
        (f"{ACTION}  using: composite\n", [("missing", 4, "composite")]),
        (f"{ACTION}  using: node16\n  main: docker://x\n", [("runtime", 4, "node16")]),
        (f"{ACTION}  using: nodejs\n", [("choice", 4, "nodejs")]),
        (f"{ACTION}  using: node24\n  main: docker://x\n  post-if: true\n", [("missing", 6, "true")]),
        (f"{ACTION}  using: docker\n  image: docker://alpine:3\n  args:\n    - ${{{{ inputs.who }}}}\n", [("undefined-input", 7, "inputs.who")]),
        (f"{ACTION}  using: docker\n  image: docker://alpine:3\nbranding:\n  color: pink\n", [("choice", 7, "pink")]),
        ("description: b\nruns:\n  using: node24\n  main: docker://x\n", [("missing", 1, "")]),
        (f"{ACTION}  using: composite\n  steps:\n    - id: a\n      run: x\n      shell: sh\n    - id: A\n      run: x\n      shell: sh\n", [("id-twice", 9, "A")]),
        (f"{ACTION}  using: composite\n  steps:\n    - run: echo ${{{{ secrets.X }}}}\n      shell: sh\n", [("unavailable-context", 6, "secrets")]),
    ],
)  # fmt: skip
def test_actions(text: str, wanted: list[tuple[str, int, str]]) -> None:
    assert [fault for fault in faults_of(text, path="action.yml") if fault[0] != "file"] == wanted


def test_a_file_that_an_action_names() -> None:
    text = f"{ACTION}  using: node24\n  main: dist/index.js\n  post: post.js\n"
    more = {".github/workflows/w.yml": workflow(), "action/post.js": ""}
    assert faults_of(text, path="action/action.yml", **more) == [("file", 5, "dist/index.js")]
    assert faults_of(text, path="action.yml") == []  # alone: what the repository holds is not known


def test_dependabot() -> None:
    text = "version: 2\nupdates:\n  - package-ecosystem: pypi\n    directory: /\n    schedule:\n      interval: often\n    limit: 3\n"
    assert faults_of(text, path=".github/dependabot.yml") == [("choice", 3, "pypi"), ("choice", 6, "often"), ("unknown", 7, "limit")]


def test_names_that_are_nearly_right() -> None:
    assert closest("pull-request", ["pull_request", "push"]) == "pull_request"
    assert closest("branchse", ["branches", "paths"]) == "branches"
    assert closest("x", ["branches"]) == ""
    assert nearest("pusch", ["push"]) == "; did you mean 'push'?"
    assert nearest("completely", ["different"]) == ""


def test_damaged_files_are_judged_without_a_crash() -> None:
    chance = random.Random(5)
    for _ in range(400):
        lines = chance.choice(CASES)[0].splitlines()
        at = chance.randrange(len(lines))
        head = lines[at].split(":")[0]
        damage = ["null", "3", "[]", "{}", '"${{ x }}"', "[a, [b]]", "{a: {b: c}}", "!x y", "|", "~", "1.50"]
        lines[at] = chance.choice(
            [
                f"{head}: {chance.choice(damage)}",
                lines[at][: chance.randrange(len(lines[at]) + 1)],
                f"  {lines[at]}",
                lines[at].replace("- ", ""),
            ]
        )
        graph = graph_of({chance.choice([MAIN, "action.yml", ".github/dependabot.yml"]): "\n".join(lines)})
        for resource in graph.resources:
            for place in (broken_actions, variables_out_of_scope, untrusted_in_scripts, shortened_numbers, combinations_without_label):
                assert isinstance(place(resource, graph), list)
            assert all(problem.message for problem in faults(*CODES)(resource, graph))
