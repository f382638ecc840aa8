"""Two stages have the same name.

## Why it matters
The later one hides the earlier one: `--from=NAME` and `--target NAME` take another stage than the reader thinks, and some builders
refuse the file.

## Five whys
1. Why is the test image in production? `--target app` took the second `app`.
2. Why are there two? The file was put together from two others.
3. Why was that not refused? BuildKit only warns.

## Fix now
Give each stage a name of its own.

## Workaround
Refer to stages by number until then.

## Prevent
`docker build --check` reports `DuplicateStageName`.

## Validate
`docker build --target NAME .` for each name.

## Bad
```dockerfile finding=4
FROM golang:1.22 AS app
RUN go build

FROM alpine:3.20 AS App
USER 1000
```

## Good
```dockerfile
FROM golang:1.22 AS build
RUN go build

FROM alpine:3.20 AS app
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.docker.dockerfile import Stage, stages


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_DOCKER_11 DS-0012 AVD-DS-0012 hadolint:DL3024",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterable[Fail]:
    seen: dict[str, Stage] = {}
    for stage in stages(resource, graph):
        name = stage.name.lower()
        if name and name in seen:
            yield Fail(
                stage.where.at("name"),
                f"a stage called {stage.name} stands in line {seen[name].head.span.line} already",
                "a name of its own",
            )
        seen.setdefault(name, stage)
