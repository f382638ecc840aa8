"""What expressions may read at each place of a workflow, and the types of what they read."""

from __future__ import annotations

import pytest

from auditor.views.github.typing.types import ANY, NUMBER, STRING, ListOf, Object, type_of_data, union
from tests.github_made import faults_of, workflow


def step(expression: str, **more: str) -> list[tuple[str, int, str]]:
    """The faults of an expression in a script."""
    return faults_of(workflow(f"- run: echo ${{{{ {expression} }}}}", **more))


@pytest.mark.parametrize(
    ("expression", "code", "place"),
    [
        ("github.refname", "undefined-property", "github.refname"),
        ("github.event.anything.at.all", "", ""),
        ("github.ref.name", "not-an-object", "github.ref.name"),
        ("gihub.ref", "unknown-context", "gihub"),
        ("jobs.a.result", "unavailable-context", "jobs"),
        ("runner.os", "", ""),
        ("runner.cpu", "undefined-property", "runner.cpu"),
        ("job.services.db.ports['5432']", "", ""),
        ("matrix.os", "undefined-matrix", "matrix.os"),
        ("needs.a", "undefined-need", "needs.a"),
        ("inputs.a", "undefined-input", "inputs.a"),
        ("secrets.ANY || vars.ANY || env.ANY", "", ""),
        ("success()", "unavailable-function", "success"),
        ("hashFiles('**/go.sum')", "", ""),
        ("hashfile('x')", "unknown-function", "hashfile"),
        ("contains('a')", "arguments", "contains('a')"),
        ("case(true, 1)", "arguments", "case(true, 1)"),
        ("startsWith(github.event.labels.*.name, 'x')", "argument-type", "github.event.labels.*.name"),
        ("format('{0} {1}', 1)", "format", "'{0} {1}'"),
        ("format('{0}', 1, 2)", "format", "2"),
        ("format('{a', 1)", "format", "'{a'"),
        ("fromJSON('[1')[0]", "json", "'[1'"),
        ("fromJSON('[1]').x", "index", "x"),
        ("fromJSON('{\"a\":1}')[true]", "index", "true"),
        ("fromJSON('{\"a\":1}').b", "undefined-property", "fromJSON('{\"a\":1}').b"),
        ("github.event_name == github.event.labels.*.name", "comparison", "github.event_name == github.event.labels.*.name"),
        ("null", "template", "${{ null }}"),
        ("github.event", "template", "${{ github.event }}"),
        ("toJSON(github.event)", "", ""),
        ("join(needs.*.result)", "", ""),
        ("github.event.labels.*.name[0]", "", ""),
        ("1 +", "expression-syntax", "+"),
    ],
)
def test_in_a_script(expression: str, code: str, place: str) -> None:
    assert [(fault, text) for fault, _, text in step(expression)] == ([(code, place)] if code else [])


MATRIX = "strategy:\n  matrix:\n    os: [linux]\n    tool: [{name: a, version: 1}]\n    include:\n      - os: linux\n        extra: true"


@pytest.mark.parametrize(
    ("expression", "code"),
    [("matrix.os", ""), ("matrix.OS", ""), ("matrix.extra", ""), ("matrix.tool.name", ""), ("matrix.tool.nam", "undefined-matrix"), ("matrix.tool", "template"), ("matrix.arch", "undefined-matrix"), ("matrix.os.x", "not-an-object")],
)  # fmt: skip
def test_matrix(expression: str, code: str) -> None:
    assert [fault for fault, _, _ in step(expression, job=MATRIX)] == ([code] if code else [])


@pytest.mark.parametrize(
    "matrix",
    [
        "${{ fromJSON(needs.a.outputs.m) }}",
        "\n    include: ${{ fromJSON(vars.M) }}",
        "\n    os: [a]\n    include:\n      - ${{ fromJSON(vars.M) }}",
    ],
)
def test_a_matrix_that_is_computed_may_hold_anything(matrix: str) -> None:
    assert faults_of(workflow("- run: echo ${{ matrix.arch }}", job=f"strategy:\n  matrix: {matrix}"), "undefined-matrix") == []


def test_steps_exist_after_they_ran() -> None:
    steps = "- run: echo ${{ steps.a.outcome }}\n- id: A\n  run: make\n- run: echo ${{ steps.a.outputs.any }} ${{ steps.a.outcom }}"
    assert [(code, line) for code, line, _ in faults_of(workflow(steps))] == [("undefined-property", 9), ("undefined-step", 6)]


def test_outputs_of_actions() -> None:
    cached = "- id: c\n  uses: actions/cache@v4\n  with: {path: a, key: b}\n- run: echo ${{ steps.c.outputs.cache-hit }} ${{ steps.c.outputs.hit }}"
    assert [(code, text) for code, _, text in faults_of(workflow(cached))] == [("undefined-output", "steps.c.outputs.hit")]
    dynamic = "- id: f\n  uses: dorny/paths-filter@v3\n  with: {filters: a}\n- run: echo ${{ steps.f.outputs.anything }}"
    assert faults_of(workflow(dynamic)) == []


JOBS = """on: push
jobs:
  a:
    runs-on: ubuntu-24.04
    outputs:
      tag: v1
    steps:
      - run: make
  b:
    needs: a
    runs-on: ubuntu-24.04
    steps:
      - run: make
  c:
    needs: [A, b]
    runs-on: ubuntu-24.04
    steps:
      - run: echo ${{ needs.a.outputs.tag }} ${{ needs.a.outputs.tga }} ${{ needs.b.result }} ${{ needs.d.result }}
"""


def test_needs() -> None:
    assert [(code, text) for code, _, text in faults_of(JOBS)] == [
        ("undefined-need", "needs.d"),
        ("undefined-output", "needs.a.outputs.tga"),
    ]


CALLEE = "on:\n  workflow_call:\n    inputs:\n      count: {type: number}\n    outputs:\n      url: {value: x}\njobs: {}\n"


def test_outputs_of_called_workflows() -> None:
    text = "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n  b:\n    needs: a\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ needs.a.outputs.url }} ${{ needs.a.outputs.uri }}\n"
    assert faults_of(text, **{".github/workflows/b.yml": CALLEE}) == [("undefined-output", 9, "needs.a.outputs.uri")]
    assert faults_of(text, "undefined-output") == []


@pytest.mark.parametrize(
    ("key", "job", "allowed"),
    [
        ("if: github.ref == 'x'", True, True),
        ("if: secrets.A != ''", True, False),
        ("if: env.A != ''", True, False),
        ("if: always()", True, True),
        ("if: hashFiles('x') != ''", True, False),
        ("name: ${{ matrix.a }} ${{ runner.os }}", True, False),
        ("timeout-minutes: ${{ env.A }}", True, False),
        ("env: {A: '${{ secrets.A }}'}", True, True),
        ("env: {A: '${{ runner.temp }}'}", True, False),
        ("environment: {name: a, url: '${{ steps.x.outputs.y }}'}", True, True),
        ("concurrency: ${{ github.ref }}", True, True),
        ("if: secrets.A != ''", False, False),
        ("if: env.A != '' && failure()", False, True),
        ("shell: ${{ matrix.shell }}", False, False),
    ],
)
def test_availability(key: str, job: bool, allowed: bool) -> None:
    text = workflow(job=key) if job else workflow(f"- run: make\n  {key}")
    found = faults_of(text, "unavailable-context", "unavailable-function")
    assert (found == []) is allowed, found


CALL = "on:\n  workflow_call:\n    inputs:\n      a: {type: string}\n      b: {type: boolean, default: '${{ inputs.a }}'}\n    secrets:\n      known: {required: true}\n    outputs:\n      o: {value: '${{ jobs.build.outputs.x }}'}"


def test_a_workflow_that_is_called() -> None:
    text = workflow(
        "- run: echo ${{ inputs.a }} ${{ inputs.c }} ${{ secrets.KNOWN }} ${{ secrets.GITHUB_TOKEN }} ${{ secrets.other }}", top=CALL
    )
    assert [(code, text) for code, _, text in faults_of(text)] == [
        ("expression-type", "${{ inputs.a }}"),
        ("undefined-input", "inputs.c"),
        ("undefined-output", "jobs.build.outputs.x"),
        ("undefined-secret", "secrets.other"),
    ]
    assert faults_of(text.replace("on:\n", "on:\n  push:\n"), "undefined-secret") == []  # a push has all secrets


def test_inputs_by_their_type() -> None:
    top = "on:\n  workflow_dispatch:\n    inputs:\n      size: {type: choice, options: [a]}\n      fast: {type: boolean}"
    text = workflow(
        "- run: echo ${{ inputs.size.x }} ${{ github.event.inputs.fats }}",
        top=top,
        job="continue-on-error: ${{ inputs.fast }}\ntimeout-minutes: ${{ inputs.size }}",
    )
    assert [(code, text) for code, _, text in faults_of(text)] == [
        ("expression-type", "${{ inputs.size }}"),
        ("not-an-object", "inputs.size.x"),
        ("undefined-input", "github.event.inputs.fats"),
    ]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("inputs.fast == 'true'", True),
        ("inputs.fast != 'false'", True),
        ("inputs.fast == '1'", False),
        ("inputs.fast == true", False),
        ("inputs.fast == ''", False),
        ("github.event.inputs.fast == 'true'", False),
        ("github.event.inputs.fast == true", True),
        ("env.FAST == true", True),
        ("'1' == true", False),
        ("contains(github.ref, 'x') == 'true'", True),
        ("github.event.issue.locked == 'true'", False),
    ],
)
def test_truth_values_and_texts(expression: str, found: bool) -> None:
    top = "on:\n  workflow_dispatch:\n    inputs:\n      fast: {type: boolean}"
    text = workflow(f"- run: make\n  if: ${{{{ {expression} }}}}", top=top)
    assert bool(faults_of(text, "truth-and-text")) is found


def test_places_in_blocks_and_quotes() -> None:
    text = workflow(
        "- run: |\n    make\n    echo ${{ github.a }}\n- run: \"echo ${{ github.b }}\"\n- run: 'x'\n  if: |-\n    github.c == 'x'"
    )
    assert [(line, text) for _, line, text in faults_of(text)] == [(8, "github.a"), (9, "github.b"), (12, "github.c")]


def test_keys_that_are_expressions() -> None:
    assert faults_of(workflow("- run: make\n  env:\n    ${{ runner.oss }}: a")) == [("undefined-property", 8, "runner.oss")]


def test_unions() -> None:
    assert union([STRING, STRING]) == STRING
    assert union([STRING, NUMBER]) == ANY
    assert union([]) == ANY
    one, two = type_of_data({"a": 1, "b": [1]}), type_of_data({"a": "x", "c": None})
    merged = union([one, two])
    assert isinstance(merged, Object)
    assert (merged.entries["a"], merged.entries["b"], set(merged.entries)) == (ANY, ListOf(NUMBER), {"a", "b", "c"})
    assert union([ListOf(STRING), ListOf(NUMBER)]) == ListOf(ANY)
