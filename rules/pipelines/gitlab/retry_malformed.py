"""A retry names a reason or a number that GitLab does not know.

## Why it matters
GitLab refuses the whole configuration, and no pipeline is made. Two is the most that `max` may be.

## Five whys
1. Why did the push start no pipeline? GitLab refused the configuration.
2. Why? A value of `retry` is not allowed.
3. Why was it written? The reasons have long names that are easy to misspell, and other systems allow more attempts.

## Fix now
Take one of the reasons of GitLab's list, and at most 2.

## Workaround
`retry: 2` without reasons, for a job that may be repeated.

## Prevent
Check the configuration before it is pushed.

## Validate
*CI/CD > Editor* says that the configuration is valid.

## Bad
```gitlab
test:
  script: [make test]
  retry:
    max: 5 # finding
    when: runner_failure # finding
```

## Good
```gitlab
test:
  script: [make test]
  retry:
    max: 2
    when: [runner_system_failure, script_failure]
unit:
  script: [make unit]
  retry: 1
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.names import closest
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.reading import field, several

_REASONS = frozenset(
    {
        *("always", "unknown_failure", "script_failure", "api_failure", "stuck_or_timeout_failure", "runner_system_failure"),
        *("runner_unsupported", "stale_schedule", "job_execution_timeout", "archived_failure", "unmet_prerequisites"),
        *("scheduler_failure", "data_integrity_failure", "runner_configuration_error", "job_router_failure"),
    }
)
"""GitLab's documentation, state: November 2026."""
_MOST = 2


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"retry max must be less than or equal to 2", r"retry when unknown values"],
)
def check(job: Job) -> Iterator[Fail]:
    number = field(job.retry, "max") if isinstance(job.retry.value, dict) else job.retry
    if isinstance(number.value, int) and not isinstance(number.value, bool) and number.value > _MOST:
        yield Fail(number, f"GitLab repeats a job {_MOST} times at most", f"at most {_MOST}")
    for reason in several(field(job.retry, "when")):
        if isinstance(reason.value, str) and reason.value not in _REASONS and "$" not in reason.value:
            yield Fail(reason, f"GitLab knows no reason {reason.value}", closest(reason.value, _REASONS) or "a reason of GitLab's list")
