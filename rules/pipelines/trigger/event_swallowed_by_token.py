"""A workflow waits for a tag or release that the default token makes.

## Why it matters
What a workflow does with `GITHUB_TOKEN` starts no other workflow, so that none starts itself for ever. A tag that is pushed by a
release workflow is there, and the workflow that should publish it never runs.

## Five whys
1. Why is the new version not published? The workflow for tags did not run.
2. Why not, though the tag is there? It was pushed with `GITHUB_TOKEN`.
3. Why does that matter? GitHub starts no workflow for events that the default token causes.
4. Why was it not seen? The tag and the release look the same as one that a person made.

## Fix now
Start it for the tag: `gh workflow run FILE --ref TAG` (with `workflow_dispatch`), or delete the tag and push it yourself.

## Workaround
Call the second workflow from the first one (`gh workflow run`, `uses: ./.github/workflows/...`): `workflow_dispatch` and
`workflow_call` are excepted.

## Prevent
Push with the token of a GitHub App or a deploy key: `token:` or `ssh-key:` at `actions/checkout`.

## Validate
After the next release, `gh run list --workflow FILE --event push` shows a run for the tag.

## Bad
`.github/workflows/release.yml`:
```github
on:
  workflow_dispatch:
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: |
          git tag v1
          git push --tags # finding
```

`.github/workflows/publish.yml`:
```github
on:
  push:
    tags: ['v*']
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps: [{run: make publish}]
```

## Good
`.github/workflows/release.yml`:
```github
on:
  workflow_dispatch:
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
        with: {token: '${{ secrets.RELEASE_TOKEN }}'}
      - run: git push --tags
  branch:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: git push origin HEAD:docs
```

`.github/workflows/publish.yml`:
```github
on:
  push:
    tags: ['v*']
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps: [{run: make publish}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import every, jobs
from auditor.views.pipeline.model import Job, Pipeline
from auditor.views.pipeline.token_event import Caused, caused


@rule(target="github_workflow", each=jobs, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(job: Job, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for event in caused(job):
        waiting = [it for it in every(graph) if it.resource is not resource and it.resource.root == resource.root and _waits(it, event)]
        if waiting:
            names = ", ".join(sorted(it.resource.address.text for it in waiting))
            message = f"{event.text} with the default token starts no workflow, and {names} waits for it"
            yield Fail(event.where, message, "the token of an app, or a call of the workflow", related=(waiting[0].triggers[0].where,))
            return


def _waits(pipeline: Pipeline, event: Caused) -> bool:
    """Whether it runs for nothing else than this event."""
    names = {trigger.name for trigger in pipeline.triggers} - {"workflow_dispatch", "workflow_call"}
    trigger = pipeline.on(event.event)
    if trigger is None or names != {event.event}:
        return False
    return event.event != "push" or (bool(trigger.tags) and not trigger.branches and event.tag)
