"""The first WORKDIR of a stage is relative.

## Why it matters
A relative WORKDIR starts from the working directory of the base image. When that changes with a new version, all files move, and paths
elsewhere in the Dockerfile or in the manifest point at nothing.

## Five whys
1. Why does the container not find its program? It is in `/srv/app`, not in `/app`.
2. Why there? `WORKDIR app` started from `/srv`.
3. Why from there? The new base image sets its own WORKDIR.

## Fix now
Write an absolute path: `WORKDIR /app`.

## Workaround
Pin the base image to the version that worked.

## Prevent
`docker build --check` (Buildx 0.15 and later) warns about it.

## Validate
`docker inspect --format {{.Config.WorkingDir}} IMAGE` prints the path.

## Bad
```dockerfile finding=2
FROM alpine:3.20
WORKDIR app
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
WORKDIR /srv
WORKDIR app
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Stage, stages

_ABSOLUTE = re.compile(r"/|[A-Za-z]:[\\/]|\\|\$|%")


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=stages,
    aliases="CKV_DOCKER_10 DS-0009 AVD-DS-0009 hadolint:DL3000",
)
def check(stage: Stage) -> Iterable[Fail]:
    for instruction in stage.inherited("WORKDIR"):
        path = instruction.words[0] if instruction.words else None
        if path is None or path.unknown or _ABSOLUTE.match((path.text or "").strip()):
            return
        if instruction.stage.number == stage.number:
            yield Fail(path, f"{path.text} is relative to a folder that only the base image knows", "an absolute path")
            return
