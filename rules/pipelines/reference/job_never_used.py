"""A job is defined, and no workflow uses it.

## Why it matters
CircleCI runs what workflows name, and nothing else. The job looks like a part of the pipeline, is kept up by everybody who reads it,
and has never run since it was left out.

## Five whys
1. Why were the security tests never red? They never ran.
2. Why not? No workflow names the job.
3. Why not? The workflow was rewritten, and the job was forgotten.
4. Why was that not seen? A job that nobody uses is no error.

## Fix now
Add the job to a workflow, or delete it.

## Workaround
Run its commands by hand until then.

## Prevent
Remove a job together with its last use.

## Validate
`circleci config process .circleci/config.yml` shows the job under `workflows`.

## Bad
```circleci
version: 2.1
jobs:
  build: {docker: [{image: "cimg/base:2024.02"}], steps: [checkout]}
  scan: {docker: [{image: "cimg/base:2024.02"}], steps: [checkout]} # finding
workflows:
  main: {jobs: [build]}
```

## Good
```circleci
version: 2.1
jobs:
  build: {docker: [{image: "cimg/base:2024.02"}], steps: [checkout]}
  scan: {docker: [{image: "cimg/base:2024.02"}], steps: [checkout]}
workflows:
  main: {jobs: [build, {scan: {requires: [build]}}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline.reading import entries, items, text


@rule(
    target="circleci_pipeline",
    severity=Severity.LOW,
)
def check(body: Node) -> Iterator[Fail]:
    workflows = [flow for _, flow in entries(body.at("workflows")) if isinstance(flow.value, dict)]
    used = {text(item) for flow in workflows for item in items(flow.at("jobs"))}
    used |= {name for flow in workflows for item in items(flow.at("jobs")) if isinstance(item.value, dict) for name, _ in entries(item)}
    for name, _ in entries(body.at("jobs")):
        if workflows and name not in used:
            yield Fail(body.at("jobs").key(name), f"no workflow uses the job {name}", "a workflow that runs it")
