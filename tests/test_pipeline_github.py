"""GitHub's workflows in the model of all pipelines."""

from __future__ import annotations

from auditor.links import links
from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.pipelines import units
from auditor.model.graph import Graph
from auditor.views.pipeline import every
from auditor.views.pipeline.model import Event, Pipeline

WORKFLOW = """\
name: Deploy
on:
  push:
    branches: [main, '!legacy/**']
    paths-ignore: [docs/**]
  schedule:
    - cron: '0 3 * * *'
  pull_request_target:
permissions: {contents: read}
concurrency: {group: deploy, cancel-in-progress: true}
defaults:
  run: {working-directory: app}
jobs:
  build:
    runs-on: ubuntu-24.04
    container: {image: "node:22", credentials: {password: x}}
    services:
      db: {image: postgres:16}
    outputs: {tag: "${{ steps.t.outputs.tag }}"}
    steps:
      - uses: actions/checkout@v4
        with: {fetch-depth: 0}
      - id: t
        run: |
          make build
      - run: dir
        shell: pwsh
        working-directory: other
  deploy:
    needs: [build]
    environment: {name: production}
    timeout-minutes: 10
    uses: ./.github/workflows/deploy.yml
    secrets: inherit
  last:
    needs: deploy
    runs-on: [self-hosted, windows]
    steps: [{run: echo}]
"""


def read(texts: dict[str, str]) -> list[Pipeline]:
    (unit,) = units(Files.of(texts), Settings())
    loading = unit.load()
    return every(Graph(loading.resources, links(), loading.gaps))


def test_a_workflow_in_the_model() -> None:
    (found,) = read({".github/workflows/d.yml": WORKFLOW})
    push, schedule, target = found.triggers
    assert [node.text for node in push.branches.include] == ["main"]
    assert [node.text for node in push.branches.exclude] == ["!legacy/**"]
    assert [node.text for node in push.paths.exclude] == ["docs/**"]
    assert (schedule.event, schedule.crons[0].text) == (Event.SCHEDULE, "0 3 * * *")
    assert target.privileged
    assert found.concurrency is not None
    assert found.concurrency.group.text == "deploy"
    build, deploy, last = found.jobs
    assert [(image.where.text, image.service) for image in build.images] == [("node:22", False), ("postgres:16", True)]
    checkout, tag, other = build.steps
    assert checkout.uses is not None
    assert (checkout.uses.name, checkout.uses.version, checkout.uses.inputs.at("fetch-depth").number) == ("actions/checkout", "v4", 0)
    assert tag.script is not None
    assert (tag.script.dialect, tag.script.directory.text, tag.script.errexit, tag.script.pipefail) == ("bash", "app", True, False)
    assert other.script is not None
    assert (other.script.dialect, other.script.directory.text) == ("pwsh", "other")
    assert [step.index for step in tag.before] == [0]
    assert deploy.uses is not None
    assert deploy.uses.local
    assert (deploy.environment.text, deploy.timeout.number) == ("production", 10)
    assert [job.key for job in last.upstream] == ["deploy", "build"]
    assert last.steps[0].script is not None
    assert last.steps[0].script.dialect == "pwsh"


def test_a_composite_action_is_a_pipeline_that_is_called() -> None:
    action = "name: A\nruns:\n  using: composite\n  steps:\n    - run: echo hi\n      shell: bash\n"
    found = read({".github/workflows/d.yml": WORKFLOW, "actions/a/action.yml": action})
    called = next(it for it in found if it.resource.kind == "github_action")
    assert called.resource.address.text == "actions/a/action.yml"
    assert called.only_called
    (step,) = called.steps
    assert step.script is not None
    assert step.script.pipefail is True


def test_what_is_not_understood_leaves_the_rest() -> None:
    (found,) = read({".github/workflows/d.yml": "on: {push: }\njobs:\n  a: 5\n  b: {needs: 3, runs-on: x, steps: [1, {run: ls}]}\n"})
    assert [job.key for job in found.jobs] == ["a", "b"]
    assert len(found.jobs[1].steps) == 1


def test_a_broken_file_is_one_problem_and_the_others_are_read() -> None:
    (unit,) = units(Files.of({".github/workflows/a.yml": "on: push\njobs: [\n", ".github/workflows/b.yml": WORKFLOW}), Settings())
    loading = unit.load()
    assert [problem.span.file for problem in loading.diagnostics] == [".github/workflows/a.yml"]
    assert len(loading.resources) == 2
    assert loading.resources[0].meta.at("problems[0]").text
