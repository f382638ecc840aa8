"""The shell hides that a deployment failed.

## Why it matters
`|| true`, `| tee log` without `pipefail`, `set +e` or a command in the background turn a failed deployment into a green step. The error
stands in a log that nobody opens, and production runs the old version, or half of the new one.

## Five whys
1. Why is the old version still running? The deployment failed.
2. Why is the pipeline green? The shell reported success.
3. Why did it? The command's exit code was replaced by that of another one.
4. Why was the line written so? The command failed once because the object existed already, or its output was wanted in a file.

## Fix now
Read the log of the step, deploy what is missing, and take the hiding part out of the line.

## Workaround
Check the result in a line of its own (`kubectl rollout status ... --timeout=5m`), which fails by itself.

## Prevent
`set -euo pipefail` at the top (GitHub: `shell: bash` adds `-o pipefail`), `kubectl apply` in place of `create`, `--ignore-not-found` in
place of `|| true`.

## Validate
Run the line with a target that does not exist: the step is red.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/ || true # finding
      - run: helm upgrade --install --atomic web ./chart | tee helm.log # finding
      - run: |
          set +e
          terraform apply tfplan # finding
          echo done
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/ || { kubectl get events; exit 1; }
      - shell: bash
        run: helm upgrade --install --atomic web ./chart | tee helm.log
      - run: |
          if ! terraform apply tfplan; then
            ./report.sh
            exit 1
          fi
      - run: kubectl delete pod debug || true
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.model import Job
from auditor.views.shell.failure import fate

_HOW = {
    "or": "what follows `||` succeeds",
    "pipe": "the pipe reports only its last command (no pipefail)",
    "next": "the shell goes on after a failure, and the next command decides",
    "loop": "the loop reports only its last round",
    "background": "it runs in the background, and nobody waits for it",
    "condition": "it stands in a condition",
    "substitution": "it stands in a substitution",
    "and": "it stands to the left of &&",
}
_REMOVING = frozenset({"delete", "destroy", "uninstall", "import", "create"})


@rule(target=KINDS, each=jobs, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(job: Job) -> Iterator[Fail]:
    for found in deployments(job):
        call = found.invocation
        if call is None or found.step.always or call.shift != 0 or set(call.subcommand) & _REMOVING:
            continue
        hidden = fate(call.command)
        if hidden.noticed is False:
            how = _HOW.get(hidden.reason, hidden.reason)
            yield Fail(found.where, f"a failure of {found.tool} is hidden: {how}", "a failure that ends the step")
