"""apt leaves its lists in the image.

## Why it matters
The lists are tens of megabytes that no container reads, and a later `apt-get install` without an update uses old ones.

## Five whys
1. Why is the image larger than needed? The lists are in a layer.
2. Why? The RUN that fetched them did not remove them.
3. Why not? `apt-get clean` removes packages, not lists.

## Fix now
`&& rm -rf /var/lib/apt/lists/*` at the end of the same RUN.

## Workaround
None is needed.

## Prevent
`RUN --mount=type=cache,target=/var/lib/apt ...`.

## Validate
`docker run --rm IMAGE ls /var/lib/apt/lists` prints nothing.

## Bad
```dockerfile finding=2
FROM debian:12
RUN apt-get update && apt-get install -y git
USER 1000
```

## Good
```dockerfile
FROM debian:12 AS build
RUN apt-get update && apt-get install -y gcc

FROM debian:12
RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.package import calls
from auditor.views.docker.run import Run, runs


@rule(
    target="dockerfile",
    severity=Severity.INFO,
    each=runs,
    aliases="hadolint:DL3009",
)
def check(run: Run) -> Iterable[Fail]:
    text = run.script.text
    mounts = " ".join(mount.text or "" for mount in run.instruction.flag("mount").each())
    if "/var/lib/apt" in text or "/var/lib/apt" in mounts or not run.instruction.stage.final:
        return
    found = list(calls(run))
    updates = [call for call in found if call.family == "apt" and call.action == "update"]
    if updates and any(call.family == "apt" and call.action == "install" for call in found):
        yield Fail(updates[0].where, "the lists of apt stay in the image", "rm -rf /var/lib/apt/lists/* in the same RUN")
