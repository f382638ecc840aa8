"""FROM fixes the platform of a stage.

## Why it matters
The image is the same whatever platform is asked for. On nodes of another architecture the container ends with `exec format error`, or
runs in an emulator, many times slower.

## Five whys
1. Why does the container end with `exec format error`? It is for another processor.
2. Why? The Dockerfile says `--platform=linux/amd64`.
3. Why? It was written on a laptop with an ARM processor, to get the image of production.

## Fix now
Remove it, and choose when building: `docker build --platform linux/amd64,linux/arm64 .`.

## Workaround
Choose nodes of that architecture: `nodeSelector: {kubernetes.io/arch: amd64}`.

## Prevent
`docker build --check` reports `FromPlatformFlagConstDisallowed`.

## Validate
`docker buildx imagetools inspect IMAGE` lists the platforms.

## Bad
```dockerfile finding=1
FROM --platform=linux/amd64 alpine:3.20
USER 1000
```

## Good
```dockerfile
FROM --platform=$BUILDPLATFORM golang:1.24 AS build
RUN go build

FROM alpine:3.20
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Stage, stages


@rule(
    target="dockerfile",
    severity=Severity.INFO,
    each=stages,
    aliases="hadolint:DL3029",
    symptoms=(
        r"exec format error",
        r"The requested image's platform \(.*\) does not match",
    ),
)
def check(stage: Stage) -> Iterable[Fail]:
    platform = stage.where.at("platform")
    if not platform.unknown and not platform.missing:
        yield Fail(platform, f"the stage is always built for {platform.text}", "$BUILDPLATFORM or $TARGETPLATFORM")
