"""FROM uses an argument that is not declared before the first FROM.

## Why it matters
Only an ARG above the first FROM is known in a FROM. Anything else is an empty text: `invalid reference format`, or `base name should
not be blank`.

## Five whys
1. Why is the reference invalid? Its version is empty.
2. Why? `${VERSION}` has no value there.
3. Why not? `ARG VERSION` stands inside of a stage.

## Fix now
Declare it at the top: `ARG VERSION=3.20`. A stage that needs it, too, declares it again, without a value.

## Workaround
A default in place: `FROM alpine:${VERSION:-3.20}`.

## Prevent
`docker build --check` reports `UndefinedArgInFrom`.

## Validate
`docker build .` starts to pull.

## Bad
```dockerfile finding=4
FROM alpine:3.20 AS build
ARG VERSION=1.27

FROM nginx:${VERSION}
USER 1000
```

## Good
```dockerfile
ARG VERSION=1.27
FROM --platform=$BUILDPLATFORM alpine:3.20 AS build

FROM nginx:${VERSION}
USER 1000
```

```dockerfile
FROM alpine:${TAG:-3.20}
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Profile, Resource, Severity, rule
from auditor.views.docker.dockerfile import Stage, names_in, stages


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=stages,
    symptoms=(
        r"failed to parse stage name .*: invalid reference format",
        r"base name \(.*\) should not be blank",
    ),
)
def check(stage: Stage, resource: Resource) -> Iterable[Fail]:
    declared = {argument.at("name").text for argument in resource.each("arguments")} | _PLATFORM
    for name, _offset, guarded in names_in(stage.reference.text or ""):
        if name not in declared and not guarded:
            yield Fail(stage.image, f"FROM uses {name}, which no ARG before the first FROM declares", f"ARG {name}")
            return


_PLATFORM = {f"{side}{part}" for side in ("TARGET", "BUILD") for part in ("PLATFORM", "OS", "ARCH", "VARIANT")}
