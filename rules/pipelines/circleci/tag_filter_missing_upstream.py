"""A job for tags waits for a job that CircleCI leaves out of pipelines of tags.

## Why it matters
CircleCI runs a job for a tag only if its filters name tags, and that goes for every job that it requires, too. A required job without
such a filter is not there for the tag, and the release never starts. No run, no error.

## Five whys
1. Why was the tag not released? The release job did not run.
2. Why not? A job that it requires is missing in the pipeline of the tag.
3. Why is it missing? Without `filters: tags` a job runs for branches only.
4. Why was that not seen? For branches the required job runs as always.

## Fix now
Add `filters: {tags: {only: ...}}` to every job that the release requires, and push the tag again.

## Workaround
Release by hand from the commit.

## Prevent
Keep the filter in a YAML anchor and use it in all jobs of the chain.

## Validate
Push a test tag: all jobs of the chain run.

## Bad
```circleci
version: 2.1
jobs:
  test: &job
    docker: [{image: 'cimg/base:2026.01'}]
    steps: [{run: make}]
  release: *job
workflows:
  main:
    jobs:
      - test
      - release:
          requires: [test] # finding
          filters:
            tags: {only: '/^v.*/'}
            branches: {ignore: '/.*/'}
```

## Good
```circleci
version: 2.1
jobs:
  test: &job
    docker: [{image: 'cimg/base:2026.01'}]
    steps: [{run: make}]
  release: *job
  docs: *job
workflows:
  main:
    jobs:
      - test:
          filters: {tags: {only: '/.*/'}}
      - docs
      - release:
          requires: [test]
          filters:
            tags: {only: '/^v.*/'}
            branches: {ignore: '/.*/'}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.reading import field


@rule(target="circleci_pipeline", each=jobs, severity=Severity.HIGH)
def check(job: Job) -> Iterator[Fail]:
    if not _for_tags(job):
        return
    for need in job.needs:
        other = next((it for it in job.needed if it.key.lower() == need.job.lower()), None)
        if other is not None and not _for_tags(other):
            yield Fail(need.where, f"{other.key} does not run for tags, so {job.key} never does", f"filters with tags for {other.key}")


def _for_tags(job: Job) -> bool:
    return given(field(job.condition, "tags"))
