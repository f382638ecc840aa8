"""An action has a known vulnerability.

## Why it matters
The defect is published, with how it is used. The action runs with the job's token and secrets.

## Five whys
1. Why was the pipeline attacked through an action? The action has a known hole.
2. Why was it still used? Its version is older than the mended one.
3. Why was it not updated? Nobody is told of advisories on actions.
4. Why not? Dependabot's alerts look at actions only where they are switched on.
5. Why does it matter here? Actions run with the token and the secrets of the job.

## Fix now
Update to the mended version that the message names, or replace the action. For a compromised one: change every secret that its runs could
read.

## Workaround
Remove the step.

## Prevent
Switch on Dependabot's alerts and updates for `github-actions`.

## Validate
The message is gone, and the log (Set up job) shows the new version.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: tj-actions/changed-files@v45 # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: tj-actions/changed-files@v47
      - uses: tj-actions/changed-files@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v46.0.5
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Resource, Severity, rule
from auditor.views.github.action_tables import advisory, version_at
from auditor.views.pipeline.pinning import Foreign, foreign_actions


@rule(
    target="github_workflow github_action",
    each=foreign_actions,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
    aliases="zizmor:known-vulnerable-actions",
)
def check(found: Foreign, resource: Resource) -> Iterator[Fail]:
    version = version_at(found.where, found.reference.ref, resource)
    name, mended = advisory(found.reference.slug, version) if version else ("", "")
    if name:
        yield Fail(found.where, f"{found.reference.slug} has a known vulnerability: {name}", f"version {mended} or later" if mended else "")
