"""A stage copies files from itself.

## Why it matters
A stage does not exist before it is finished. The builder stops with `circular dependency detected on stage`.

## Five whys
1. Why does no build work? The stage waits for itself.
2. Why? `--from` names the stage that it stands in.
3. Why? The stage was renamed, or the line moved.

## Fix now
Name the stage that makes the files. To copy within a stage, use `RUN cp`.

## Workaround
None: nothing is built.

## Prevent
Give stages names that say what they make, and build in every change request.

## Validate
`docker build .` gets past the line.

## Bad
```dockerfile finding=2
FROM golang:1.22 AS build
COPY --from=build /src/app /app
USER 1000
```

## Good
```dockerfile
FROM golang:1.22 AS build
RUN go build -o /app

FROM alpine:3.20
COPY --from=build /app /app
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=copies,
    aliases="DS-0006 AVD-DS-0006 hadolint:DL3023",
    symptoms=(r"circular dependency detected on stage",),
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword not in ("COPY", "ADD"):
        return
    source, stage = instruction.flag("from"), instruction.stage
    wanted = "" if source.missing else (source.text or "").lower()
    if wanted and wanted in (stage.name.lower(), str(stage.number)):
        yield Fail(source, f"the stage copies from itself ({source.text})", "an earlier stage")
