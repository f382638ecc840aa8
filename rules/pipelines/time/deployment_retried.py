"""A deployment that holds state is repeated by itself when it fails.

## Why it matters
Terraform, Helm or a migration that has failed half way does not start from where it began: the second attempt finds a lock, a release in
*pending-upgrade* or tables that are there already, and its error hides the one that mattered.

## Five whys
1. Why does the log say that the state is locked? The first attempt was stopped in the middle.
2. Why was there a second one? The job is repeated when it fails.
3. Why on every failure? The retry does not say for which reasons.
4. Why was it added? The runners used to get lost, and a repetition helped.

## Fix now
Read the log of the first attempt; release the lock or roll the release back, then run the job once.

## Workaround
Repeat by hand after a look.

## Prevent
Repeat only for what is the runner's fault: GitLab `retry: {max: 1, when: [runner_system_failure, stuck_or_timeout_failure]}`; repeat
single commands that may be repeated.

## Validate
Let the deployment fail in a test environment: it runs once.

## Bad
```gitlab
deploy:
  script: [helm upgrade --install --atomic web ./chart]
  retry: 2 # finding
```

```circleci
version: 2.1
jobs:
  deploy:
    docker: [{image: 'cimg/base:2026.01'}]
    max_auto_reruns: 3 # finding
    steps:
      - run: terraform apply -auto-approve
workflows:
  main: {jobs: [deploy]}
```

## Good
```gitlab
deploy:
  script: [helm upgrade --install --atomic web ./chart]
  retry: {max: 1, when: [runner_system_failure, stuck_or_timeout_failure]}
test:
  script: [make test]
  retry: 2
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.reading import field, several

_RUNNER = frozenset({"runner_system_failure", "stuck_or_timeout_failure", "scheduler_failure", "runner_unsupported", "stale_schedule"})
_RUNNER_TOO = frozenset({"job_execution_timeout", "api_failure", "archived_failure", "unmet_prerequisites", "data_integrity_failure"})


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.MEDIUM,
    symptoms=[r"Error acquiring the state lock", r"another operation \(install/upgrade/rollback\) is in progress"],
)
def check(job: Job) -> Iterator[Fail]:
    stateful = next((it for it in deployments(job) if it.stateful), None)
    if stateful is not None and given(job.retry) and not job.retry.unknown and _any_failure(job.retry):
        yield Fail(job.retry, f"{stateful.tool} runs again after any failure", "no repetition, or only after failures of the runner")


def _any_failure(retry: Node) -> bool:
    value = retry.value
    if isinstance(value, int) and not isinstance(value, bool):
        return value > 0
    if not isinstance(value, dict):
        return False
    reasons = {it.value for it in several(field(retry, "when")) if isinstance(it.value, str)}
    if given(field(retry, "arguments")) or given(field(retry, "exit_codes")) or field(retry, "max").value == 0:
        return False
    return not reasons or not reasons <= _RUNNER | _RUNNER_TOO
