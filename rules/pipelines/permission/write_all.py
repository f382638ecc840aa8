"""A token may write everything.

## Why it matters
`write-all` lets every step push commits, publish packages, change releases and settings of workflows, and get cloud credentials by OIDC.
An action or a dependency that was taken over does the same.

## Five whys
1. Why could an action publish a release? The job's token may write everything.
2. Why? `permissions: write-all` was written.
3. Why? A step failed with "Resource not accessible by integration".
4. Why was not the one permission added? Its name was not at hand.
5. Why did it stay? Nothing fails with too many permissions.

## Fix now
Replace it by what the steps need: each action's page names its permissions, the message of a failed call names the missing one.

## Workaround
Give `write-all` to one job of its own that runs nothing but the step that needs it.

## Prevent
Set the default of the organisation to read-only and check workflows before they are merged.

## Validate
The log (Set up job, GITHUB_TOKEN Permissions) lists only what was named, and the run is green.

## Bad
```github
on: push
permissions: write-all # finding
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good
```github
on: push
permissions:
  contents: read
jobs:
  build:
    permissions:
      packages: write
    runs-on: ubuntu-24.04
    steps:
      - run: make publish
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline


@rule(
    target="github_workflow",
    each=pipelines,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="zizmor:excessive-permissions CKV2_GHA_1",
)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for permissions in (pipeline.permissions, *(job.permissions for job in pipeline.jobs)):
        if permissions.value == "write-all":
            yield Fail(permissions, "the token may write everything", "the permissions that are needed, one by one")
