"""apk leaves its index in the image.

## Why it matters
The index of a repository is some megabytes that no container reads. A later RUN that removes it does not make the image smaller, since
the layer is there.

## Five whys
1. Why is the image larger than its files? A layer holds the index.
2. Why? `apk add` downloaded and kept it.
3. Why? `--no-cache` was not given.

## Fix now
`apk add --no-cache NAME`, without `apk update`.

## Workaround
`rm -rf /var/cache/apk/*` in the same RUN.

## Prevent
`RUN --mount=type=cache,target=/var/cache/apk apk add NAME`.

## Validate
`docker run --rm IMAGE ls /var/cache/apk` prints nothing.

## Bad
```dockerfile finding=2
FROM alpine:3.20
RUN apk add curl
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
RUN apk add --no-cache curl
RUN apk --no-cache add git
RUN apk add jq && rm -rf /var/cache/apk/*
RUN --mount=type=cache,target=/var/cache/apk apk add make
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.package import calls
from auditor.views.docker.run import Run, runs


@rule(
    target="dockerfile",
    severity=Severity.LOW,
    each=runs,
    aliases="DS-0025 AVD-DS-0025 hadolint:DL3019",
)
def check(run: Run) -> Iterable[Fail]:
    if _mounted(run) or "/var/cache/apk" in run.script.text or "/etc/apk/cache" in run.script.text:
        return
    found = list(calls(run))
    if any(call.family == "apk" and call.invocation.subcommand[:1] == ("cache",) for call in found):
        return
    for call in found:
        if call.family == "apk" and call.action == "install" and not call.invocation.has("--no-cache"):
            yield Fail(call.where, "apk keeps the index that it downloads in the image", "--no-cache")
            return


def _mounted(run: Run) -> bool:
    return any("cache" in (mount.text or "") for mount in run.instruction.flag("mount").each())
