"""An action installs the newest version of a tool.

## Why it matters
Without a version the action fetches whatever was released last: the same commit builds with another tool tomorrow, and a bad release is
used within minutes.

## Five whys
1. Why did a build break that nobody changed? The tool has a new version.
2. Why was it used at once? The action takes the newest.
3. Why? No version is named.
4. Why not? The action works without.
5. Why is it a danger, too? The tool runs with the job's credentials.

## Fix now
Name the version in the action's input.

## Workaround
Install the tool from an image or a package of a named version.

## Prevent
Let a bot (Renovate) update the versions.

## Validate
Two runs of the same commit print the same version of the tool.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: azure/setup-helm@1a275c3b69536ee54be43f2070a358922e12c8d4 # finding
      - uses: azure/setup-kubectl@776406bce94f63e41d621b960d78ee25c8b76ede # v4.0.1
        with:
          version: latest # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: azure/setup-helm@1a275c3b69536ee54be43f2070a358922e12c8d4 # v4.3.1
        with:
          version: v3.19.0
      - uses: azure/setup-kubectl@776406bce94f63e41d621b960d78ee25c8b76ede # v4.0.1
        if: false
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.action_tables import rows
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.reading import field
from auditor.views.pipeline.skip import on_purpose


@rule(
    target="github_workflow github_action",
    each=steps,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="zizmor:unpinned-tools",
)
def check(step: Step) -> Iterator[Fail]:
    name = rows("moving_tools").get(step.uses.name.lower()) if step.uses else None
    if step.uses is None or name is None or on_purpose(step.condition):
        return
    version = field(step.uses.inputs, name)
    if version.missing:
        yield Fail(step.uses.where, f"{step.uses.name} installs the newest version of its tool", name)
    elif version.value == "latest":
        yield Fail(version, f"{step.uses.name} installs the newest version of its tool", "a version")
