"""A stage starts from the latest version of its base image.

## Why it matters
`latest` is whatever was pushed last. The same Dockerfile makes another image next week, and a build that worked yesterday fails without
any change in the repository.

## Five whys
1. Why does the build fail today? A package is not there any more.
2. Why not? The base image is a new release of its distribution.
3. Why did it change? The tag `latest`, written or implied, moved with the release.

## Fix now
Name a version: `FROM python:3.12-slim`, not `FROM python`.

## Workaround
Name the digest of the image of the last good build: `FROM python@sha256:...`; `docker inspect` shows it as `RepoDigests`.

## Prevent
Let a bot (Renovate, Dependabot with `package-ecosystem: docker`) propose new versions, so that each is a change that tests see.

## Validate
`docker build --pull .` twice on different days gives the same base layers.

## Bad
```dockerfile finding=1
FROM alpine
RUN apk add --no-cache curl
USER 1000
```

```dockerfile finding=2
ARG TAG=latest
FROM debian:${TAG}
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20 AS build
RUN make

FROM build
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.image import Reference, base_images


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=base_images,
    aliases="CKV_DOCKER_7 DS-0001 AVD-DS-0001 hadolint:DL3006 hadolint:DL3007",
)
def check(reference: Reference) -> Iterable[Fail]:
    image = reference.image
    if image is not None and image.effective_tag == "latest":
        said = "is tagged latest" if image.tag else "has no tag, which means latest"
        yield Fail(reference.where, f"the base image {image.repository} {said}", "a version")
