"""A job that runs for pull requests from forks uses a secret that is empty there.

## Why it matters
Runs of forks get no secrets: the variable is there, and it is empty. A login fails with 401, or worse, a script takes the empty text for a
value, does nothing and ends green. Dependabot's pull requests behave alike.

## Five whys
1. Why is every pull request of a contributor red? The login of the job fails.
2. Why? The token is an empty text.
3. Why is it empty? The run belongs to a fork, and forks get no secrets.
4. Why does the job run there at all? Nothing in its condition asks where the change comes from.

## Fix now
Run the job on a branch of the repository: push the contributor's commits there once somebody has read them.

## Workaround
End the step early: `if [ -z "$TOKEN" ]; then echo "no secrets here"; exit 0; fi`.

## Prevent
`if: github.event.pull_request.head.repo.full_name == github.repository` on the job, or a job for pushes only. Never
`pull_request_target` just to get at secrets.

## Validate
Open a pull request from a fork: the job is skipped, and nothing is red.

## Bad
```github
on: pull_request
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy.sh
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }} # finding
```

## Good
```github
on:
  push:
    branches: [main]
  pull_request:
jobs:
  own:
    if: github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy.sh
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }}
  push:
    if: github.event_name == 'push'
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy.sh
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }}
  guarded:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          : "${TOKEN:?}"
          ./deploy.sh
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }}
      - run: gh pr view
        env:
          GH_TOKEN: ${{ secrets.GITHUB_TOKEN }}
      - uses: codecov/codecov-action@v5
        with:
          token: ${{ secrets.CODECOV_TOKEN }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.mentions import Mention, mentions
from auditor.views.pipeline import steps
from auditor.views.pipeline.deployment import of_step
from auditor.views.pipeline.model import Step, given
from auditor.views.pipeline.runs import situations, step_runs
from auditor.views.pipeline.shell import commands
from auditor.views.shell.variables import reads

_CONTENT = (
    "codecov/codecov-action",
    "coverallsapp/github-action",
    "codacy/codacy-coverage-reporter-action",
    "sonarsource/sonarcloud-github-action",
)
"""Actions that end well, or are expected to be skipped, without a token."""


@rule(
    target="github_workflow",
    each=steps,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"Input required and not supplied", r"401 Unauthorized", r"Resource not accessible by integration"],
)
def check(step: Step) -> Iterator[Fail]:
    if given(step.tolerated) or step.calls(*_CONTENT) or not _runs_in_forks(step):
        return
    for mention in (*mentions(step.variables, flowing=True), *mentions(step.uses.inputs if step.uses else step.variables, flowing=True)):
        names = mention.path
        if len(names) == 2 and names[0] == "secrets" and names[1] != "github_token" and not _guarded(step, mention):
            message = f"the secret {names[1].upper()} is empty when this runs for a pull request from a fork"
            yield Fail(mention.where, message, "a condition that leaves forks out, or a guard in the script")
            return


def _runs_in_forks(step: Step) -> bool:
    """Whether it is certain to run for a fork, or deploys and may."""
    answers = [step_runs(step, it) for it in situations(step.job.pipeline) if not it.secrets and it.stranger]
    return True in answers or (None in answers and any(True for _ in of_step(step)) and not _asks(step))


def _asks(step: Step) -> bool:
    texts = [node.text or "" for node in (step.condition, step.job.condition) if given(node)]
    return any("fork" in text or "full_name" in text or "actor" in text or "secrets." in text for text in texts)


def _guarded(step: Step, mention: Mention) -> bool:
    made = commands(step)
    key = mention.holder.path.rpartition(".")[2]
    return made is not None and any(read.name == key and read.guard for read in reads(made.tree))
