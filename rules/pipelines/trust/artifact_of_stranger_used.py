"""A run with rights runs files of a run that strangers can cause.

## Why it matters
A workflow on `workflow_run` has the repository's rights. The artifact that it downloads was made by a run of a pull request's code, so
its author decides what is in it: programs, scripts, and names that overwrite files of the repository.

## Five whys
1. Why did foreign code run with the secrets? It came with an artifact.
2. Why was it run? The job took the artifact for a result of its own.
3. Why could a stranger fill it? The run that made it executes the pull request's code.
4. Why is it unpacked over the repository? No other folder was named.
5. Why does splitting the workflow not help here? It separates the rights, but the data crosses over.

## Fix now
Download into a folder of its own (`path: ${{ runner.temp }}/artifact`), and read it as data: check numbers against a pattern, run nothing
of it.

## Workaround
Take only artifacts of runs of this repository's own branches (`github.event.workflow_run.head_repository.full_name ==
github.repository`).

## Prevent
Pass as little as possible: the number of the pull request, a report that is shown as text.

## Validate
Upload an artifact with a changed build file in a test pull request: it is not used.

## Bad
```github
on:
  workflow_run:
    workflows: [Test]
    types: [completed]
permissions:
  contents: write
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # finding
        with:
          run-id: ${{ github.event.workflow_run.id }}
          github-token: ${{ github.token }}
      - run: ./dist/publish.sh
```

## Good
```github
on:
  workflow_run:
    workflows: [Test]
    types: [completed]
permissions:
  pull-requests: write
jobs:
  comment:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0
        with:
          run-id: ${{ github.event.workflow_run.id }}
          github-token: ${{ github.token }}
          path: ${{ runner.temp }}/report
      - run: gh pr comment "$NUMBER" --body-file "$RUNNER_TEMP/report/report.md"
        env:
          NUMBER: 7
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.strangers import StrangeCode, strange_artifacts


@rule(target="github_workflow", each=strange_artifacts, severity=Severity.HIGH, confidence=Confidence.LIKELY)
def check(code: StrangeCode) -> Iterator[Fail]:
    if code.runner is not None and not code.guarded:
        message = "files of a run that strangers can cause are used by a job with rights"
        yield Fail(code.where, message, "a folder of its own, read as data", related=(code.runner,))
