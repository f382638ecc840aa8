"""A push to a merge request starts two pipelines.

## Why it matters
Jobs that run for branches and for merge requests run twice for each push as soon as a merge request is open: double the minutes, two
deployments of the same commit, and a merge request that is blocked by whichever of the two is red.

## Five whys
1. Why is each commit tested, and deployed, twice? There are two pipelines for it.
2. Why two? One is for the branch, one for the merge request.
3. Why do both exist? The rules of a job allow both, and no `workflow:rules` chooses.
4. Why was it not seen? Both pipelines stand under different tabs.

## Fix now
Cancel one of the two, and add `workflow:rules`.

## Workaround
*Settings > Merge requests*: do not require a pipeline until it is mended.

## Prevent
`workflow: {rules: [{if: $CI_PIPELINE_SOURCE == "merge_request_event"}, {if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS, when: never},
{if: $CI_COMMIT_BRANCH}]}`.

## Validate
Push to an open merge request: one pipeline starts.

## Bad
```gitlab
test:
  script: [make test]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event" # finding
    - if: $CI_PIPELINE_SOURCE == "push"
```

## Good
```gitlab
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS
      when: never
    - if: $CI_COMMIT_BRANCH
test:
  script: [make test]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "push"
```

```gitlab
test:
  script: [make test]
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Resource, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Event, Job, given
from auditor.views.pipeline.runs import job_runs, situations


@rule(
    target="gitlab_pipeline",
    each=jobs,
    severity=Severity.LOW,
    aliases="CKV_GITLABCI_2",
)
def check(job: Job, resource: Resource) -> Iterator[Fail]:
    if job.pipeline.doubts or given(resource.at("workflow.rules")) or not given(job.condition):
        return
    branch = [it for it in situations(job.pipeline) if it.text == "a push to another branch"]
    review = [it for it in situations(job.pipeline) if it.trigger.event is Event.PULL_REQUEST]
    if all(job_runs(job, it) is True for it in (*branch, *review)) and branch and review:
        yield Fail(job.condition, f"the job {job.key} runs for the branch and for its merge request", "workflow:rules that choose one")
