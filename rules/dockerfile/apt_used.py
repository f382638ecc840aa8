"""The build uses apt in place of apt-get.

## Why it matters
apt says of itself: `WARNING: apt does not have a stable CLI interface. Use with caution in scripts.` Its options and output may change
with any release.

## Five whys
1. Why does the new base image not build? An option of apt changed.
2. Why is apt used? It is what people type.
3. Why is that different? Only apt-get promises to stay as it is.

## Fix now
Write `apt-get` (or `apt-cache`).

## Workaround
None is needed.

## Prevent
Search for it in review.

## Validate
The build log has no such warning.

## Bad
```dockerfile finding=2
FROM debian:12
RUN apt update && apt install -y git
USER 1000
```

## Good
```dockerfile
FROM debian:12
RUN apt-get update && apt-get install -y git
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.run import Run, runs


@rule(
    target="dockerfile",
    severity=Severity.INFO,
    each=runs,
    aliases="CKV_DOCKER_9 hadolint:DL3027",
    symptoms=(r"apt does not have a stable CLI interface",),
)
def check(run: Run) -> Iterable[Fail]:
    for invocation in run.invocations:
        if invocation.tool == "apt":
            yield Fail(run.call(invocation), "apt is made for people at a terminal", "apt-get")
            return
