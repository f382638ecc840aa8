"""Files are copied from a stage that does not exist yet.

## Why it matters
What `--from` names and is no earlier stage is taken for an image, and the builder tries to pull it: `pull access denied, repository
does not exist`.

## Five whys
1. Why does the builder ask a registry for `biuld`? It found no stage of that name.
2. Why not? The name is misspelt, or the stage stands further down.
3. Why did review not see it? The message speaks of a registry.

## Fix now
Correct the name, or move the stage up.

## Workaround
Build the stage as an image of that name first: `docker build --target build -t biuld .`.

## Prevent
Refer to stages by name, never by number; numbers shift when a stage is added.

## Validate
`docker build .` gets past the line without pulling.

## Bad
```dockerfile finding=5,6,7
FROM golang:1.22 AS build
RUN go build -o /app

FROM alpine:3.20
COPY --from=biuld /app /app
COPY --from=3 /etc/x /etc/x
COPY --from=assets /static /static
USER 1000

FROM node:20 AS assets
RUN npm run build
USER node
```

## Good
```dockerfile
FROM golang:1.22 AS build
RUN go build -o /app

FROM alpine:3.20
COPY --from=build /app /app
COPY --from=0 /app /app2
COPY --from=nginx:1.27 /etc/nginx /etc/nginx
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies, stages
from auditor.views.github.names import closest


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    each=copies,
    aliases="hadolint:DL3022",
    symptoms=(
        r"pull access denied, repository does not exist or may require authorization",
        r"invalid from flag value",
    ),
)
def check(instruction: Instruction, resource: Resource, graph: Graph) -> Iterable[Fail]:
    if instruction.keyword not in ("COPY", "ADD"):
        return
    source = instruction.flag("from")
    wanted = "" if source.missing else (source.text or "").lower()
    if not wanted or wanted in (instruction.stage.name.lower(), str(instruction.stage.number)):
        return
    known = stages(resource, graph)
    names = [stage.name.lower() for stage in known]
    before = [name for name in names[: instruction.stage.number] if name]
    if wanted in before or (wanted.isdigit() and int(wanted) < instruction.stage.number):
        return
    if wanted.isdigit():
        yield Fail(source, f"there is no stage {wanted} before this one", "an earlier stage")
    elif wanted in names:
        yield Fail(source, f"the stage {source.text} comes only after this one", "an earlier stage")
    elif near := closest(wanted, before):
        yield Fail(source, f"there is no stage {source.text}; {near} may be meant", near)
