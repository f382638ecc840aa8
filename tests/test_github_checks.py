"""Events, schedules, filters, permissions, needs, ids, matrices, runners, shells, calls, conditions and variables of GitHub's workflows."""

from __future__ import annotations

import pytest

from auditor.views.github.actions import known_action, known_outputs, parse_uses
from auditor.views.github.events import EVENTS, types_of
from auditor.views.github.glob import glob_faults, matches, selected
from auditor.views.github.labels import HOSTED, RETIRED, combinations_without_label, system_of
from auditor.views.github.numbers import shortened_numbers
from auditor.views.github.places import containers, environments, steps
from auditor.views.github.repository import has_file, local_action, local_workflow
from auditor.views.github.schedule import shortest_gap
from auditor.views.github.untrusted import untrusted_in_scripts
from auditor.views.github.unused import unused_declarations
from auditor.views.github.variables import variables_out_of_scope
from tests.github_made import MAIN, faults_of, file_of, graph_of, workflow


def on(text: str, *codes: str) -> list[tuple[str, int, str]]:
    return faults_of(workflow(top=f"on:\n{text}"), *codes)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  pushed:", [("event", 2, "pushed")]),
        ("  pull_request: {types: [merged]}", [("activity", 2, "merged")]),
        ("  pull_request: {types: opened}", []),
        ("  push: {types: [a]}", [("activity", 2, "types")]),
        ("  repository_dispatch: {types: [anything]}", []),
        ("  release: {tags: [v1]}", [("filter", 2, "tags")]),
        ("  workflow_run: {types: [completed]}", [("workflows", 2, "{types: [completed]}")]),
        ("  push:\n    paths: [a]\n    paths-ignore: [b]", [("filters", 4, "paths-ignore")]),
        ("  push:\n    branches: ['${{ vars.B }}']", [("unavailable-context", 3, "vars")]),
        ("  schedule: [{cron: '0 0 * * 8'}]", [("cron-malformed", 2, "'0 0 * * 8'")]),
        ("  schedule: [{cron: '@daily'}]", [("cron-malformed", 2, "'@daily'")]),
        ("  schedule: [{cron: '0,3 * * * *'}]", [("cron-often", 2, "'0,3 * * * *'")]),
        ("  schedule: [{cron: '0 3 * * MON-FRI', timezone: Europe/Berln}]", [("time-zone", 2, "Europe/Berln")]),
        ("  schedule: [{cron: '0 3 * * 1', timezone: Europe/Berlin}]", []),
        ("  workflow_dispatch: {inputs: {a: {type: choice}}}", [("input", 2, "a")]),
        ("  workflow_dispatch: {inputs: {a: {type: choice, options: [x, x]}}}", [("input", 2, "x")]),
        ("  workflow_dispatch: {inputs: {a: {type: choice, options: [1, 2], default: 2}}}", []),
        ("  workflow_dispatch: {inputs: {a: {type: boolean, default: 'yes'}}}", [("input", 2, "'yes'")]),
        ("  workflow_dispatch: {inputs: {a: {options: [x]}}}", [("input", 2, "a")]),
        ("  workflow_call: {inputs: {a: {type: number, default: x}}}", [("input", 2, "x")]),
        ("  workflow_call: {inputs: {a: {type: string, required: true, default: x}}}", [("input-default", 2, "x")]),
    ],
)
def test_events(text: str, wanted: list[tuple[str, int, str]]) -> None:
    assert on(text) == wanted


def test_too_many_inputs() -> None:
    inputs = "\n".join(f"      i{number}: {{}}" for number in range(26))
    assert [code for code, _, _ in on(f"  workflow_dispatch:\n    inputs:\n{inputs}")] == ["inputs"]


def test_the_table_of_events() -> None:
    assert types_of("push") == frozenset()
    assert types_of("repository_dispatch") is None
    assert types_of("unheard") is None
    assert {"push", "merge_group", "workflow_call"} <= EVENTS


@pytest.mark.parametrize(
    ("minutes", "hours", "gap"),
    [({0}, {1}, 60), ({0}, {1, 2}, 60), ({0, 58}, {1, 2}, 2), ({0, 58}, {1, 3}, 58), ({0, 58}, {23, 0}, 2), (set(), set(), 60)],
)
def test_shortest_gap(minutes: set[int], hours: set[int], gap: int) -> None:
    assert shortest_gap(frozenset(minutes), frozenset(hours)) == gap


@pytest.mark.parametrize(
    ("pattern", "paths", "part"),
    [("v[0-9]+", False, ""), ("**", False, ""), ("!main", False, ""), ("feature/**", False, ""), ("/main", False, "/"), ("main/", False, "/"), ("a b", False, " "), ("a..b", False, ".."), ("v\\d", False, "\\"), ("v[9-1]", False, "9-1"), ("v[1-", False, "[1-"), ("v[]", False, "[]"), ("+a", False, "+"), ("a*+", False, "+"), ("!", False, "!"), ("a//b", False, "//"), ("src/**", True, ""), ("/src", True, ""), ("./src", True, "./src"), (" src", True, " src"), ("a b", True, ""), ("a\\d", True, "")],
)  # fmt: skip
def test_glob_faults(pattern: str, paths: bool, part: str) -> None:
    found = glob_faults(pattern, paths=paths)
    assert [pattern[fault.start : fault.end] for fault in found] == ([part] if part else [])


@pytest.mark.parametrize(
    ("pattern", "name", "hit"),
    [("main", "main", True), ("*", "a/b", False), ("**", "a/b", True), ("v[12].[0-9]+.[0-9]+", "v2.10.3", True), ("v[12].[0-9]+", "v3.1", False), ("**/docs/**", "docs/a.md", True), ("**/docs/**", "a/docs/b/c.md", True), ("docs/**", "adocs/x", False), ("*.jsx?", "page.js", True), ("*.jsx?", "page.jsx", True), ("!main", "main", True), ("a\\*b", "a*b", True), ("**.js", "src/x.js", True), ("src/", "src/a", False)],
)  # fmt: skip
def test_glob_matches(pattern: str, name: str, hit: bool) -> None:
    assert matches(pattern, name) is hit


def test_the_last_pattern_decides() -> None:
    assert selected(("**", "!docs/**", "docs/api/**"), "docs/api/x") is True
    assert selected(("**", "!docs/**"), "docs/x") is False
    assert selected(("a",), "b") is False


@pytest.mark.parametrize(
    ("permissions", "places"),
    [("read-all", []), ("write", ["write"]), ("{contents: admin}", ["admin"]), ("{id-token: read}", ["read"]), ("{models: write}", ["write"]), ("{contents: read, packages: write}", []), ("{content: read}", ["content"]), ("{}", [])],
)  # fmt: skip
def test_permissions(permissions: str, places: list[str]) -> None:
    assert [text for _, _, text in faults_of(workflow(top=f"on: push\npermissions: {permissions}"))] == places
    assert [text for _, _, text in faults_of(workflow(job=f"permissions: {permissions}"))] == places


def jobs(**needs: str) -> str:
    body = "".join(
        f"  {name}:\n    needs: {value}\n    runs-on: ubuntu-24.04\n    steps: [{{run: make}}]\n" for name, value in needs.items()
    )
    return f"on: push\njobs:\n  first:\n    runs-on: ubuntu-24.04\n    steps: [{{run: make}}]\n{body}"


def test_needs() -> None:
    assert faults_of(jobs(a="FIRST", b="[a, first]")) == []
    assert [(code, text) for code, _, text in faults_of(jobs(a="frist"))] == [("need-unknown", "frist")]
    assert [(code, text) for code, _, text in faults_of(jobs(a="[first, First]"))] == [("need-twice", "First")]
    assert [(code, text) for code, _, text in faults_of(jobs(a="c", b="a", c="b", d="c"))] == [("need-cycle", "a")]
    assert [(code, text) for code, _, text in faults_of(jobs(a="a"))] == [("need-cycle", "a")]
    assert len(faults_of(jobs(a="b", b="a", c="d", d="c"))) == 2


def test_many_jobs_in_a_row_are_no_circle() -> None:
    text = jobs(**{f"j{number}": f"j{number - 1}" if number else "first" for number in range(1500)})
    assert faults_of(text) == []


def test_ids() -> None:
    assert [(code, text) for code, _, text in faults_of(workflow("- id: 1a\n  run: x\n- id: b\n  run: x\n- id: B\n  run: x"))] == [
        ("id", "1a"),
        ("id-twice", "B"),
    ]
    assert [code for code, _, _ in faults_of(workflow().replace("build:", "build v1:"))] == ["id"]


@pytest.mark.parametrize(
    ("matrix", "wanted"),
    [
        ("{os: [a, b, a]}", ["matrix-twice"]),
        ("{os: [a, '${{ vars.A }}', '${{ vars.A }}']}", []),
        ("{os: [a, b], exclude: [{os: a}]}", []),
        ("{os: [a, b], exclude: [{os: c}]}", ["exclude"]),
        ("{os: [a, b], exclude: [{so: a}]}", ["exclude"]),
        ("{os: [{name: a, x: 1}], exclude: [{os: {name: a}}]}", []),
        ("{os: [{name: a, x: 1}], exclude: [{os: {name: b}}]}", ["exclude"]),
        ("{v: [1, 2], exclude: [{v: '1'}]}", []),
        ("{v: '${{ fromJSON(vars.V) }}', exclude: [{v: 1}]}", []),
        ("{v: ['${{ vars.V }}'], exclude: [{v: 1}]}", []),
        ("{include: [{a: 1}], exclude: [{a: 1}]}", ["exclude"]),
    ],
)
def test_matrices(matrix: str, wanted: list[str]) -> None:
    assert [code for code, _, _ in faults_of(workflow(job=f"strategy:\n  matrix: {matrix}"))] == wanted


MATRIX = "strategy:\n  matrix:\n    os: {}\nruns-on: ${{{{ matrix.os }}}}"


@pytest.mark.parametrize(
    ("job", "wanted"),
    [
        ("runs-on: ubuntu-18.04", [("label-retired", "ubuntu-18.04")]),
        ("runs-on: ubuntu-latset", [("label-near", "ubuntu-latset")]),
        ("runs-on: gpu", [("label-unknown", "gpu")]),
        ("runs-on: [self-hosted, gpu]", []),
        ("runs-on: {group: big, labels: gpu}", []),
        ("runs-on: ['${{ vars.POOL }}', gpu]", []),
        ("runs-on: [ubuntu-24.04, macos-15]", [("label-conflict", "macos-15")]),
        ("runs-on: [linux, x64]", []),
        (MATRIX.format("[ubuntu-24.04, windows-2019]"), [("label-retired", "windows-2019")]),
        (MATRIX.format("[ubuntu-24.04, [self-hosted, gpu]]"), []),
        (MATRIX.format("[[linux, windows]]"), [("label-conflict", "windows")]),
        ("runs-on: ${{ inputs.runner }}", [("undefined-input", "inputs.runner")]),
    ],
)
def test_labels(job: str, wanted: list[tuple[str, str]]) -> None:
    assert [(code, text) for code, _, text in faults_of(workflow(job=job))] == wanted


def test_the_tables_of_labels() -> None:
    assert not set(HOSTED) & set(RETIRED)
    assert all(instead in HOSTED for _, instead in RETIRED.values())
    assert system_of(["self-hosted", "linux"]) == "linux"
    assert system_of(["ubuntu-24.04", "windows-2025"]) == ""


@pytest.mark.parametrize(
    ("shell", "runner", "fault"),
    [("bash", "windows-2025", False), ("sh", "windows-2025", True), ("cmd", "ubuntu-24.04", True), ("pwsh", "macos-15", False), ("fish", "ubuntu-24.04", True), ("fish {0}", "ubuntu-24.04", False), ("cmd", "'${{ vars.R }}'", False), ("BASH", "ubuntu-24.04", False)],
)  # fmt: skip
def test_shells(shell: str, runner: str, fault: bool) -> None:
    found = faults_of(workflow(f"- run: make\n  shell: '{shell}'", job=f"runs-on: {runner}"), "shell")
    assert bool(found) is fault


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("github.ref == 'x'", ""), ("${{ github.ref == 'x' }}", ""), ("${{ github.ref == 'x' }} && true", "condition-text"), ("'${{ github.actor }} '", "condition-text"), ("|\n    ${{ github.actor }}", "condition-text"), ("|-\n    ${{ github.actor }}", ""), ("|\n    github.actor", ""), ("always()", ""), ("'true'", "condition-constant"), ("false", "condition-constant"), ("false && github.actor", "condition-constant"), ("${{ 1 == 1 }}", "condition-constant"), ("!cancelled()", "condition-tag"), ("'!cancelled()'", "")],
)  # fmt: skip
def test_conditions(written: str, wanted: str) -> None:
    found = faults_of(workflow(f"- run: make\n  if: {written}"), "condition-text", "condition-constant", "condition-tag")
    assert [code for code, _, _ in found] == ([wanted] if wanted else [])


ACTION = "name: a\ndescription: b\ninputs:\n  Who: {required: true}\n  old: {deprecationMessage: use who}\n  deflt: {required: true, default: x}\nruns:\n  using: composite\n  steps: [{run: x, shell: sh}]\n"


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        ("uses: actions/checkout", ["action-format"]),
        ("uses: actions/checkout@v1", ["action-old"]),
        ("uses: actions/upload-artifact@v2\n  with: {path: a}", ["action-gone"]),
        ("uses: actions/upload-artifact@0123456789012345678901234567890123456789\n  with: {path: a}", []),
        ("uses: actions/checkout@v5\n  with: {Fetch-Depth: 0}", []),
        ("uses: actions/checkout@v5\n  with: {fetchdepth: 0}", ["input-unknown"]),
        ("uses: actions/cache@v5\n  with: {path: a}", ["input-missing"]),
        ("uses: actions/cache@v5\n  with: ${{ fromJSON(vars.A) }}", ["type"]),
        ("uses: nobody/knows@v1\n  with: {any: a}", []),
        ("uses: docker://alpine:3\n  with: {args: a}", []),
        ("uses: 'docker://alpine:'", ["action-format"]),
        ("uses: ./act\n  with: {who: a}", []),
        ("uses: ./act", ["input-missing"]),
        ("uses: ./act\n  with: {who: a, old: b}", ["input-deprecated"]),
        ("uses: ./act\n  with: {who: a, what: b}", ["input-unknown"]),
        ("uses: ./atc", ["action-missing"]),
        ("uses: ./broken", ["action-broken"]),
        ("uses: ./nothing", ["action-broken"]),
    ],
)
def test_actions(step: str, wanted: list[str]) -> None:
    more = {
        "act/action.yml": ACTION,
        "broken/action.yml": "name: a\ndescription: b\nruns:\n  using: composite\n",
        "nothing/action.yml": "name: a\n",
    }
    assert [code for code, _, _ in faults_of(workflow(f"- {step}"), **more)] == wanted


def test_an_action_of_another_checkout_may_be_there() -> None:
    other = "- uses: actions/checkout@v5\n  with: {repository: o/r, path: tools}\n- uses: ./tools/act"
    assert faults_of(workflow(other)) == []


CALLEE = "on:\n  workflow_call:\n    inputs:\n      who: {type: string, required: true}\n      count: {type: number}\n    secrets:\n      token: {required: true}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{run: make}]\n"


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("{uses: ./.github/workflows/b.yml, with: {who: a, count: 1}, secrets: inherit}", []),
        ("{uses: ./.github/workflows/b.yml, with: {WHO: a}, secrets: {TOKEN: b}}", []),
        ("{uses: ./.github/workflows/b.yml, secrets: inherit}", ["call-input-missing"]),
        ("{uses: ./.github/workflows/b.yml, with: {who: a}}", ["call-secret-missing"]),
        ("{uses: ./.github/workflows/b.yml, with: {who: a, how: b}, secrets: inherit}", ["call-input-unknown"]),
        ("{uses: ./.github/workflows/b.yml, with: {who: a}, secrets: {token: a, key: b}}", ["call-secret-unknown"]),
        ("{uses: ./.github/workflows/b.yml, with: {who: a, count: many}, secrets: inherit}", ["call-input-type"]),
        ("{uses: ./.github/workflows/b.yml, with: {who: a, count: '${{ fromJSON(vars.N) }}'}, secrets: inherit}", []),
        ("{uses: ./.github/workflows/b.yml, with: {who: '${{ true }}'}, secrets: inherit}", ["call-input-type"]),
        ("{uses: ./.github/workflows/c.yml}", ["call-missing"]),
        ("{uses: ./.github/workflows/main.yml}", ["call-missing"]),
        ("{uses: ./.github/workflows/b.yml@v1}", ["call-format"]),
        ("{uses: o/r/.github/workflows/b.yml}", ["call-format"]),
        ("{uses: o/r/.github/workflows/b.yml@v1, with: {any: a}}", []),
    ],
)
def test_calls(call: str, wanted: list[str]) -> None:
    text = f"on: push\njobs:\n  a: {call}\n"
    assert [code for code, _, _ in faults_of(text, **{".github/workflows/b.yml": CALLEE})] == wanted


def test_references_of_actions() -> None:
    reference = parse_uses("GitHub/codeql-action/init@v3.1")
    assert reference is not None
    assert (reference.slug, reference.major) == ("github/codeql-action/init", 3)
    assert parse_uses("./local") is None
    assert parse_uses("docker://alpine") is None
    assert parse_uses("o/r@main") is not None
    assert known_action("Actions/Checkout@v5") is not None
    assert known_outputs("actions/cache@v4") == ("cache-hit",)
    assert known_outputs("actions/github-script@v7") is None


def test_the_files_of_a_repository() -> None:
    graph = graph_of({MAIN: workflow(), "act/action.yaml": ACTION, ".github/workflows/b.yml": CALLEE, "src/x.txt": ""})
    main = file_of(graph)
    assert has_file(main, "./src/../src/x.txt") is True
    assert has_file(main, "src/y.txt") is False
    action = local_action(main, graph, "./act/")
    assert action is not None
    assert action.address.text == "act/action.yaml"
    called = local_workflow(main, graph, "./workflows/b.yml")
    assert called is not None
    assert called.address.text == ".github/workflows/b.yml"


def test_parts_of_workflows() -> None:
    text = workflow(
        "- run: make\n  env: {A: b}",
        job="env: {B: c}\ncontainer: {image: x, env: {C: d}}\nservices:\n  db: {image: y, env: {D: e}}",
        top="on: push\nenv: {E: f}",
    )
    graph = graph_of({MAIN: text})
    main = file_of(graph)
    assert [node.path for node in environments(main, graph)] == [
        "env",
        "jobs.build.env",
        "jobs.build.container.env",
        "jobs.build.services.db.env",
        "jobs.build.steps[0].env",
    ]
    assert [(it.name, it.where.at("image").text) for it in containers(main, graph)] == [("container", "x"), ("db", "y")]
    assert [(step.job, step.number, step.at("run").text) for step in steps(main, graph)] == [("build", 0, "make")]


def test_shortened_versions() -> None:
    text = workflow(
        "- uses: actions/setup-python@v5\n  with: {python-version: 3.10, cache: 1.10}\n- uses: a/b@v1\n  with: {go-version: '1.20', node-version: 1.2}",
        job="strategy:\n  matrix:\n    go: [1.19, 1.20]\n    size: [0.10]\n    include: [{go: 1.30}]",
    )
    graph = graph_of({MAIN: text})
    assert [node.path for node in shortened_numbers(file_of(graph), graph)] == [
        "jobs.build.steps[0].with.python-version",
        "jobs.build.strategy.matrix.go[1]",
        "jobs.build.strategy.matrix.include[0].go",
    ]


@pytest.mark.parametrize(
    ("between", "found"),
    [("- run: make", True), ('- run: echo "tag=$tag" >> "$GITHUB_ENV"', False), ("- uses: some/action@v1", False), ("- uses: actions/checkout@v5", True), ("- run: ./set.sh", False), ('- run: echo "OTHER=1" >> $GITHUB_ENV', True)],
)  # fmt: skip
def test_variables_of_another_step(between: str, found: bool) -> None:
    text = workflow(f"- run: make\n  env: {{TAG: a}}\n{between}\n- run: ./deploy ${{{{ env.TAG }}}}")
    graph = graph_of({MAIN: text})
    assert bool(variables_out_of_scope(file_of(graph), graph)) is found
    graph = graph_of({MAIN: text.replace("on: push", "on: push\nenv: {tag: b}")})
    assert variables_out_of_scope(file_of(graph), graph) == []


def test_combinations_without_a_runner() -> None:
    job = "strategy:\n  matrix:\n    include:\n      - {{os: ubuntu-24.04}}\n      - {{arch: arm}}\n{more}runs-on: ${{{{ matrix.os }}}}"
    for more, count in (("", 1), ("    os: [windows-2025]\n", 0)):
        graph = graph_of({MAIN: workflow(job=job.format(more=more))})
        assert len(combinations_without_label(file_of(graph), graph)) == count


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("github.event.issue.title", True),
        ("github.event.issue.number", False),
        ("github.head_ref || github.ref_name", True),
        ("github.head_ref == 'x'", False),
        ("github.actor == 'x' && github.head_ref || 'none'", True),
        ("contains(github.event.comment.body, '/run')", False),
        ("github.event.commits[0].message", True),
        ("github.event.commits.*.author.name", True),
        ("github.event.commits[matrix.n].message", True),
        ("github[matrix.name]", False),
        ("join(github.event.*.body, ',')", True),
        ("github['event']['issue']['body']", True),
        ("toJSON(github.event)", True),
        ("github.event", False),
        ("toJSON(github.event.repository)", False),
        ("github.event.pull_request.head.sha", False),
    ],
)
def test_untrusted_texts(expression: str, found: bool) -> None:
    graph = graph_of({MAIN: workflow(f'- run: "echo ${{{{ {expression} }}}}"')})
    assert bool(untrusted_in_scripts(file_of(graph), graph)) is found
    graph = graph_of({MAIN: workflow(f'- run: echo\n  env:\n    T: "${{{{ {expression} }}}}"')})
    assert untrusted_in_scripts(file_of(graph), graph) == []


@pytest.mark.parametrize(
    ("steps", "unused"),
    [
        ("- run: make", ["a", "b", "t"]),
        ("- run: make ${{ inputs.A }} ${{ secrets.T }}", ["b"]),
        ("- run: make ${{ toJSON(inputs) }}", []),
        ("- run: make ${{ inputs[matrix.name] }}", []),
        ('- run: jq .inputs.a "$GITHUB_EVENT_PATH"', []),
        (
            "- uses: actions/github-script@v7\n  with: {script: 'core.info(context.payload.inputs.b)'}\n- run: ${{ inputs.a }} ${{ secrets.t }}",
            [],
        ),
    ],
)
def test_unused_declarations(steps: str, unused: list[str]) -> None:
    top = "on:\n  workflow_call:\n    inputs:\n      a: {type: string, description: b t}\n      b: {type: string}\n    secrets:\n      t:"
    graph = graph_of({MAIN: workflow(steps, top=top)})
    assert [problem.where.path.rpartition(".")[2] for problem in unused_declarations(file_of(graph), graph)] == unused


def test_what_is_called_may_read_the_inputs_of_a_run_by_hand() -> None:
    text = "on:\n  workflow_dispatch:\n    inputs: {a: {}}\njobs:\n  b: {uses: o/r/.github/workflows/w.yml@v1}\n"
    graph = graph_of({MAIN: text})
    assert unused_declarations(file_of(graph), graph) == []
