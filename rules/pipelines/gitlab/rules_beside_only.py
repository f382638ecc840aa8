"""A job has rules and only or except: GitLab refuses both together.

## Why it matters
The two ways to say when a job runs exclude each other. GitLab calls the configuration invalid, *key may not be used with `rules`*, and
starts no pipeline.

## Five whys
1. Why does no pipeline start? GitLab calls the configuration invalid.
2. Why? A job has `rules` together with `only` or `except`.
3. Why both? One came from a template that the job extends, the other was written in the job.
4. Why did the template not show it? Alone it is valid.

## Fix now
Remove `only` and `except`, and say the same with `rules`.

## Workaround
Override what is inherited: `only: null`, `except: null` in the job.

## Prevent
Move a template and all its jobs to `rules` in one change.

## Validate
`glab ci lint` prints *CI/CD YAML is valid*.

## Bad
```gitlab
.base:
  only: [main]
deploy:
  extends: .base
  script: [make deploy]
  rules:
    - if: $CI_COMMIT_TAG # finding
```

## Good
```gitlab
deploy:
  script: [make deploy]
  rules:
    - if: $CI_COMMIT_TAG
old:
  script: [make old]
  only: [main]
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"key may not be used with `?rules"],
)
def check(job: Job) -> Iterator[Fail]:
    both = [key for key in ("only", "except") if job.where.at(key).present]
    if both and job.condition.present:
        yield Fail(
            job.condition,
            f"rules together with {' and '.join(both)}: GitLab refuses the configuration",
            "rules alone",
            related=(job.where.at(both[0]),),
        )
