"""A run that strangers cause writes computed text to the environment file.

## Why it matters
What is written to `$GITHUB_ENV` sets variables for all steps after it, and what is written to `$GITHUB_PATH` decides which programs they
run. A text with a line break sets any variable, for example `LD_PRELOAD` or `BASH_ENV`, and so runs code with the secrets of the job.

## Five whys
1. Why did a later step run a stranger's code? A variable such as `BASH_ENV` was set.
2. Why? A text with a line break was written to the environment file.
3. Why did it hold one? It was made from what the event says: a title, a body, a file of the pull request.
4. Why was it written there? It was the way to hand a value to the next step.
5. Why do such runs have secrets? The event is one that runs with the repository's own rights.

## Fix now
Use an output (`>> "$GITHUB_OUTPUT"`) instead: it sets no variable of the system. Check the value against a narrow pattern.

## Workaround
Write several lines with a delimiter that cannot be guessed (`echo "NAME<<$(openssl rand -hex 16)"`).

## Prevent
Split the workflow: strangers' data is worked on by `pull_request`, without rights.

## Validate
Cause the event with a line break in the text: no variable is added in the next step (`env`).

## Bad
```github
on: pull_request_target
permissions: {}
jobs:
  label:
    runs-on: ubuntu-24.04
    steps:
      - env:
          TITLE: ${{ github.event.pull_request.title }}
        run: |
          kind=$(echo "$TITLE" | cut -d: -f1)
          echo "KIND=$kind" >> "$GITHUB_ENV" # finding
```

## Good
```github
on: pull_request_target
permissions: {}
jobs:
  label:
    runs-on: ubuntu-24.04
    steps:
      - env:
          TITLE: ${{ github.event.pull_request.title }}
        run: |
          kind=$(echo "$TITLE" | cut -d: -f1)
          echo "kind=$kind" >> "$GITHUB_OUTPUT"
          echo "CI_MODE=label" >> "$GITHUB_ENV"
          echo "$GITHUB_WORKSPACE/bin" >> "$GITHUB_PATH"
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.environment_writes import EnvironmentWrite, environment_writes


@rule(
    target="github_workflow",
    each=environment_writes,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="zizmor:github-env",
)
def check(found: EnvironmentWrite) -> Iterator[Fail]:
    if found.step.job.pipeline.on("pull_request_target", "workflow_run", "issue_comment"):
        yield Fail(found.where, f"computed text goes to ${found.file} in a run that strangers cause", "$GITHUB_OUTPUT")
