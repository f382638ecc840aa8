"""An expression uses a context or function that is not known there.

## Why it matters
Each key of a workflow is evaluated at its own time with its own contexts: `env` and `secrets` do not exist yet when a job is scheduled,
`runner` not before a runner has taken it. GitHub refuses the whole workflow.

## Five whys
1. Why did the workflow not start? A key uses a context that does not exist when it is evaluated.
2. Why was it used? The same expression works in a step.
3. Why not here? Conditions, names and runners of jobs are evaluated on GitHub's side, before variables and secrets are handed to a
   runner.
4. Why was it not noticed? The file is valid YAML.

## Fix now
Use a context that is listed: `vars` or `inputs` instead of `env`, a job before that puts the value out and `needs` to read it; test a
secret in a step, through `env`.

## Workaround
Move the condition from the job to its steps, where `env` and `runner` exist.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
`gh run list --workflow FILE --limit 1` shows a run with its jobs.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    if: secrets.TOKEN != '' # finding
    steps:
      - run: make deploy
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    env:
      TOKEN: ${{ secrets.TOKEN }}
    steps:
      - run: make deploy
        if: env.TOKEN != ''
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.github.faults import Problem, faults


@rule(
    target="github_workflow github_action",
    each=faults("unavailable-context", "unavailable-function"),
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="actionlint:expression",
    symptoms=["Unrecognized named-value: 'secrets'", "Unrecognized named-value: 'env'", "Unrecognized function: 'hashFiles'"],
)
def check(problem: Problem) -> Iterator[Fail]:
    yield problem.fail
