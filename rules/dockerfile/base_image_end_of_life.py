"""The base image is of a release that gets no more updates.

## Why it matters
Holes that are found from now on stay open. And its packages move to an archive: one day `apt-get update` answers 404, and no image can
be built, least of all in an emergency.

## Five whys
1. Why can the fix not be released? The image does not build.
2. Why not? The mirror has no packages for the release any more.
3. Why is it still used? It worked.

## Fix now
Take a supported release, and test with it. The table of this rule is of January 2026.

## Workaround
Point the package manager at the archive (`archive.debian.org`, `vault.centos.org`, `old-releases.ubuntu.com`).

## Prevent
Let a bot propose new versions, and put the dates of support into the calendar.

## Validate
`docker build --no-cache --pull .` goes through.

## Bad
```dockerfile finding=1
FROM centos:7
USER 1000
```

```dockerfile finding=1,4
FROM node:16-alpine AS build
RUN npm ci

FROM debian:stretch-slim
USER 1000
```

## Good
```dockerfile
FROM debian:12-slim AS a
FROM node:22 AS b
FROM quay.io/centos/centos:stream9
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.docker.image import Reference, base_images

AS_OF = "2026-01-01"
"""The date of this table."""
_ENDED = (
    (r"(?:library/)?centos", r"(?:centos)?[5678](?:\D.*)?|latest", "2024-06-30"),
    (r"(?:library/)?debian", r"(?:[6789](?:\D.*)?|10(?:\D.*)?|squeeze.*|wheezy.*|jessie.*|stretch.*|buster.*)", "2024-06-30"),
    (
        r"(?:library/)?ubuntu",
        r"(?:1[0-9]\.(?:04|10)|20\.(?:04|10)|21\.\d+|22\.10|23\.\d+|24\.10|trusty|xenial|bionic|focal)(?:\D.*)?",
        "2025-05-31",
    ),
    (r"(?:library/)?alpine", r"(?:2\..*|3\.(?:\d|1[0-9])(?:\D.*)?)", "2025-11-01"),
    (r"(?:library/)?node", r"(?:[0-9]|1[0-9]|21|23)(?:\D.*)?", "2025-06-01"),
    (r"(?:library/)?python", r"(?:2|2\..*|3\.[0-9](?:\D.*)?)", "2025-10-31"),
    (r"(?:library/)?golang", r"1\.(?:\d|1\d|2[0-3])(?:\D.*)?", "2025-08-13"),
    (r"(?:library/)?ruby", r"(?:[12]\..*|2|3\.[01](?:\D.*)?)", "2025-03-26"),
    (r"(?:library/)?php", r"(?:[57](?:\D.*)?|8\.[01](?:\D.*)?)", "2025-12-31"),
    (r"(?:library/)?openjdk", r".*", "2022-07-26"),
    (r"(?:library/)?postgres", r"(?:9|1[0-3])(?:\D.*)?", "2025-11-13"),
    (r"(?:library/)?mysql", r"5(?:\D.*)?", "2023-10-21"),
)
_TABLE = tuple((re.compile(name), re.compile(tag), date) for name, tag, date in _ENDED)


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    each=base_images,
    symptoms=(
        r"404 +Not Found .*(?:deb\.debian\.org|archive\.ubuntu\.com|security\.debian\.org)",
        r"Failed to download metadata for repo .?appstream",
        r"does not have a Release file",
    ),
)
def check(reference: Reference) -> Iterable[Fail]:
    image = reference.image
    if image is None or image.host != "docker.io":
        return
    for name, tag, date in _TABLE:
        if name.fullmatch(image.repository) and tag.fullmatch(image.effective_tag):
            yield Fail(
                reference.where,
                f"{image.repository}:{image.effective_tag} has had no updates since {date} at the latest",
                "a supported release",
            )
            return
