"""A child pipeline may fail, and its parent is green.

## Why it matters
Without `strategy: depend` the trigger job ends as soon as the child pipeline is created. Whatever happens in it, tests that fail or a
deployment that breaks off, the parent and the merge request show a green check mark.

## Five whys
1. Why was a change with failing tests merged? Its pipeline was green.
2. Why? The tests run in a child pipeline, and that one was red.
3. Why does the parent not turn red? It does not wait for its child.
4. Why not? `trigger` has no `strategy: depend`.

## Fix now
Open the child pipelines of the last merges (*Downstream* in the pipeline graph) and look for red ones.

## Workaround
Require the child by a status check of its own.

## Prevent
`trigger: {include: ..., strategy: depend}` on every child whose result matters.

## Validate
Let a job of the child fail: the parent is red.

## Bad
```gitlab
tests:
  trigger:
    include: ci/tests.yml # finding
```

## Good
```gitlab
tests:
  trigger:
    include: ci/tests.yml
    strategy: depend
mirror:
  trigger:
    include: ci/mirror.yml
    strategy: mirror
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.MEDIUM,
)
def check(job: Job) -> Iterator[Fail]:
    trigger = job.where.at("trigger")
    if isinstance(trigger.value, dict) and trigger.at("include").present and trigger.at("strategy").missing:
        yield Fail(trigger, "the child pipeline may fail, and this one is green", "strategy: depend")
