"""A RUN updates the lists of packages and installs nothing.

## Why it matters
The layer with the lists is cached. When the install line changes weeks later, it uses the old lists: `404 Not Found`, or old versions
with known holes.

## Five whys
1. Why does apt get a 404? It asks for a version that is gone.
2. Why for that one? Its lists are weeks old.
3. Why? They came from the cached layer of `RUN apt-get update`.

## Fix now
`RUN apt-get update && apt-get install -y --no-install-recommends NAME && rm -rf /var/lib/apt/lists/*`.

## Workaround
`docker build --no-cache .`.

## Prevent
Update and install in one RUN, always.

## Validate
Change the list of packages: the build fetches the lists again.

## Bad
```dockerfile finding=2
FROM debian:12
RUN apt-get update
RUN apt-get install -y curl
USER 1000
```

## Good
```dockerfile
FROM debian:12
RUN apt-get update && apt-get install -y curl
USER 1000
```

```dockerfile
FROM alpine:3.20
RUN apk --update add curl
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.package import calls
from auditor.views.docker.run import Run, runs


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=runs,
    aliases="CKV_DOCKER_5 DS-0017 AVD-DS-0017",
    symptoms=(
        r"E: Unable to fetch some archives, maybe run apt-get update",
        r"404 +Not Found \[IP:",
    ),
)
def check(run: Run) -> Iterable[Fail]:
    found = list(calls(run))
    for index, call in enumerate(found):
        if call.action == "update" and not any(
            later.family == call.family and later.action in ("install", "upgrade", "dist-upgrade", "build-dep", "download")
            for later in found[index + 1 :]
        ):
            yield Fail(
                call.where, "the lists of packages are updated, and nothing is installed from them here", "the installation in the same RUN"
            )
            return
