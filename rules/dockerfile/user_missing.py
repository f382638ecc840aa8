"""The image never leaves root.

## Why it matters
Without USER the processes of the image run as the user of the base image, which is root for nearly all of them. A fault in the program
is then a fault with all rights in the container.

## Five whys
1. Why does the pod not start? `container has runAsNonRoot and image will run as root`.
2. Why is it root? The Dockerfile names no user.
3. Why not? Everything works without one until a policy asks.

## Fix now
Create a user and switch to it: `RUN useradd --uid 10001 app`, then `USER 10001`. Give it the folders that it writes to.

## Workaround
Set `runAsUser` in the pod, and make writable what has to be.

## Prevent
Start from images that come without root, such as `gcr.io/distroless/static:nonroot`.

## Validate
`docker inspect --format {{.Config.User}} IMAGE` prints a user.

## Bad
```dockerfile finding=5
FROM python:3.12-slim AS build
USER 1000
RUN pip install --no-cache-dir flask

FROM python:3.12-slim
COPY --from=build /app /app
```

## Good
```dockerfile
FROM python:3.12-slim AS base
USER 10001

FROM base
COPY . /app
```

```dockerfile
FROM gcr.io/distroless/static-debian12:nonroot
COPY app /app
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.docker.dockerfile import Stage, final_stages

_NONROOT = re.compile(r"nonroot|rootless|unprivileged|(?:^|/)bitnami/|cgr\.dev/|chainguard/", re.IGNORECASE)


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    each=final_stages,
    aliases="CKV_DOCKER_3 DS-0002 AVD-DS-0002",
    symptoms=(r"container has runAsNonRoot and image will run as root",),
)
def check(stage: Stage) -> Iterable[Fail]:
    if stage.user is None and not _NONROOT.search(stage.lineage[-1].image.text or ""):
        yield Fail(stage.head, "no USER is set, so the image runs as the user of its base image, which is root", "a USER")
