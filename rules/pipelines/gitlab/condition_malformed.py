"""A rule's condition cannot be read.

## Why it matters
GitLab refuses the configuration, *invalid expression syntax*, and starts no pipeline. The usual slips: `${VAR}` in place of `$VAR`, one
`=`, a regular expression without slashes.

## Five whys
1. Why does no pipeline start? GitLab calls the configuration invalid.
2. Why? It cannot read the condition of a rule.
3. Why not? It is written as in a shell, and `rules:if` has a syntax of its own.
4. Why was it not seen? The line looks right to everybody who knows shells.

## Fix now
Write `$VAR == "value"`, `$VAR =~ /pattern/`, `&&`, `||` and parentheses.

## Workaround
Remove the rule until it can be read.

## Prevent
Test conditions in *Build > Pipeline editor > Validate*.

## Validate
`glab ci lint` prints *CI/CD YAML is valid*.

## Bad
```gitlab
deploy:
  script: [make deploy]
  rules:
    - if: ${CI_COMMIT_BRANCH} == "main" # finding
    - if: $CI_COMMIT_BRANCH = "main" # finding
    - if: $CI_COMMIT_TAG =~ v1 # finding
```

## Good
```gitlab
deploy:
  script: [make deploy]
  rules:
    - if: $CI_COMMIT_BRANCH == "main" && ($CI_PIPELINE_SOURCE != "schedule" || $FORCE)
    - if: $CI_COMMIT_TAG =~ /^v[0-9]+/
    - if: '$CI_COMMIT_REF_NAME =~ $PATTERN'
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.gitlab.condition import Mistake, parse
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.reading import items


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.HIGH,
    symptoms=[r"invalid expression syntax"],
)
def check(job: Job) -> Iterator[Fail]:
    for rule_written in items(job.condition):
        text = rule_written.at("if") if isinstance(rule_written.value, dict) else rule_written
        if isinstance(rule_written.value, dict) and isinstance(text.value, str):
            found = parse(text.value)
            if isinstance(found, Mistake):
                yield Fail(text, f"GitLab cannot read this condition: {found.message}", '$VARIABLE == "text"')
