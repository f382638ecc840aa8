"""Strangers' code in runs with rights: what checks it out, what runs it, who lets it through."""

from __future__ import annotations

import pytest

from auditor.views.pipeline.strangers import StrangeCode, strange_artifacts, strange_code
from tests.github_made import file_of, graph_of

CHECKOUT = "{uses: actions/checkout@v4, with: {ref: '${{ github.event.pull_request.head.sha }}'}}"
RUN = "{run: npm ci}"


def codes(steps: str, on: str = "pull_request_target", job: str = "", top: str = "") -> list[StrangeCode]:
    """The checkouts of strangers' code in a workflow of one job."""
    text = f"on: {on}\n{top}jobs:\n  a:\n    runs-on: x\n{job}    steps: [{steps}]\n"
    graph = graph_of({".github/workflows/main.yml": text})
    return list(strange_code(file_of(graph), graph))


@pytest.mark.parametrize(
    "checkout",
    [
        CHECKOUT,
        "{uses: actions/checkout@v4, with: {ref: '${{ github.head_ref }}'}}",
        "{uses: actions/checkout@v4, with: {repository: '${{ github.event.pull_request.head.repo.full_name }}'}}",
        "{uses: actions/checkout@v4, with: {ref: 'refs/pull/${{ github.event.number }}/merge'}}",
        "{uses: actions/checkout@v4, with: {ref: '${{ steps.pr.outputs.head_sha }}'}}",
        "{run: 'gh pr checkout ${{ github.event.number }}'}",
        "{run: 'git fetch origin pull/${{ github.event.number }}/head && git checkout FETCH_HEAD'}",
    ],
)
def test_what_checks_strange_code_out(checkout: str) -> None:
    (found,) = codes(f"{checkout}, {RUN}")
    assert found.runner is not None
    assert not found.guarded
    assert not found.approved


@pytest.mark.parametrize(
    ("on", "steps"),
    [
        ("pull_request", f"{CHECKOUT}, {RUN}"),
        ("push", f"{CHECKOUT}, {RUN}"),
        ("pull_request_target", f"{{uses: actions/checkout@v4}}, {RUN}"),
        ("pull_request_target", "{uses: actions/checkout@v4, with: {ref: main}}"),
        ("workflow_run", "{run: 'git fetch origin main'}"),
    ],
)
def test_what_is_no_strange_code(on: str, steps: str) -> None:
    assert codes(steps, on) == []


def test_code_of_the_own_repository_is_not_strange() -> None:
    assert codes(f"{CHECKOUT}, {RUN}", job="    if: github.event.pull_request.head.repo.fork == false\n") == []


@pytest.mark.parametrize(
    ("step", "runs"),
    [
        ("{run: make}", True),
        ("{run: ./build.sh}", True),
        ("{run: bash scripts/x.sh}", True),
        ("{uses: ./actions/x}", True),
        ("{uses: docker/build-push-action@v6}", True),
        ("{run: echo hi}", False),
        ("{run: docker login}", False),
        ("{run: go version}", False),
        ("{run: bash -c 'true'}", False),
        ("{uses: actions/labeler@v5}", False),
    ],
)
def test_what_runs_it(step: str, runs: bool) -> None:
    (found,) = codes(f"{CHECKOUT}, {step}")
    assert (found.runner is not None) is runs


def test_only_what_works_in_its_folder_runs_it() -> None:
    aside = CHECKOUT.replace("with: {", "with: {path: pr, ")
    assert codes(f"{aside}, {{run: make}}")[0].runner is None
    assert codes(f"{aside}, {{run: cd pr && make}}")[0].runner is not None
    assert codes(f"{aside}, {{run: make, working-directory: pr}}")[0].runner is not None


@pytest.mark.parametrize(
    ("job", "guarded", "approved"),
    [
        ("    if: github.event.pull_request.author_association == 'MEMBER'\n", True, False),
        ("    if: contains(github.event.pull_request.labels.*.name, 'ok')\n", False, True),
        ("    environment: gate\n", False, True),
        ("", False, False),
    ],
)
def test_who_lets_it_through(job: str, guarded: bool, approved: bool) -> None:
    (found,) = codes(f"{CHECKOUT}, {RUN}", job=job)
    assert (found.guarded, found.approved) == (guarded, approved)


@pytest.mark.parametrize(
    ("top", "steps", "powerful"),
    [
        ("", RUN, True),
        ("permissions: write-all\n", RUN, True),
        ("permissions: {contents: write}\n", RUN, True),
        ("permissions: {contents: read}\n", RUN, False),
        ("permissions: {}\n", "{run: npm ci, env: {T: '${{ secrets.T }}'}}", True),
        ("permissions: {}\n", "{run: npm ci, env: {T: '${{ secrets.GITHUB_TOKEN }}'}}", False),
    ],
)
def test_power(top: str, steps: str, powerful: bool) -> None:
    (found,) = codes(f"{CHECKOUT}, {steps}", top=top)
    assert found.powerful is powerful


def test_a_commit_is_fixed_and_a_branch_is_not() -> None:
    assert codes(f"{CHECKOUT}, {RUN}")[0].fixed
    assert not codes(f"{CHECKOUT.replace('head.sha', 'head.ref')}, {RUN}")[0].fixed
    later = "{run: 'gh pr checkout 1; git checkout ${{ steps.x.outputs.commit_sha }}; make'}"
    assert codes(later)[0].fixed


@pytest.mark.parametrize(
    ("steps", "runs"),
    [
        ("{uses: dawidd6/action-download-artifact@v6, with: {run_id: '${{ github.event.workflow_run.id }}'}}, {run: ./dist/x}", True),
        ("{run: gh run download 1}, {run: make}", True),
        ("{run: gh run download 1}, {run: cat report.txt}", False),
        ("{run: gh run download 1 -D out}, {run: make}", False),
    ],
)
def test_artifacts(steps: str, runs: bool) -> None:
    text = f"on: workflow_run\njobs:\n  a:\n    runs-on: x\n    steps: [{steps}]\n"
    graph = graph_of({".github/workflows/main.yml": text})
    (found,) = strange_artifacts(file_of(graph), graph)
    assert (found.runner is not None) is runs
