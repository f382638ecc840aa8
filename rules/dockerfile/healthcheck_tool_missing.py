"""The HEALTHCHECK needs a program that the image does not have.

## Why it matters
The check fails each time: `/bin/sh: curl: not found`. Swarm and ECS stop the container again and again, Compose never starts what
depends on it, although the service works.

## Five whys
1. Why is the task stopped every two minutes? Its check fails.
2. Why? `curl: not found`.
3. Why was it there before? The base image was changed to a small one.

## Fix now
Use what is there (`wget -qO- http://localhost:8080/health` in Alpine), let the program check itself, or install the tool.

## Workaround
Override the check where the container is run.

## Prevent
Start the image in the pipeline, and wait for `healthy`.

## Validate
`docker inspect --format {{.State.Health.Status}} CONTAINER` prints `healthy`.

## Bad
```dockerfile finding=3
FROM node:20-alpine
USER node
HEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1
```

## Good
```dockerfile
FROM node:20-alpine
USER node
HEALTHCHECK CMD wget -qO- http://localhost:8080/ || exit 1
```

```dockerfile
FROM python:3.12-slim
RUN apt-get update && apt-get install -y curl
USER 1000
HEALTHCHECK CMD curl -f http://localhost:8080/
```

```dockerfile
FROM node:20
USER node
HEALTHCHECK CMD ["curl", "-f", "http://localhost:8080/"]
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.docker.dockerfile import Stage, final_stages
from auditor.views.docker.image import parse
from auditor.views.docker.run import run_of

_LACKS = (
    (re.compile(r"(?:^|/)alpine$|alpine"), frozenset({"curl"})),
    (re.compile(r"(?:^|/)(?:debian|ubuntu)$|slim|bookworm-slim|bullseye-slim"), frozenset({"curl", "wget", "nc"})),
    (re.compile(r"distroless|/static|chainguard|cgr\.dev"), frozenset({"curl", "wget", "nc", "sh", "bash"})),
)
_FULL = re.compile(r"curl|httpd|buildpack|devcontainer|playground")


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    confidence=Confidence.FIRM,
    each=final_stages,
    symptoms=(
        r"/bin/sh: (?:1: )?(?:curl|wget|nc): not found",
        r"Health check failed|\(unhealthy\)",
    ),
)
def check(stage: Stage, resource: Resource, graph: Graph) -> Iterable[Fail]:
    for instruction in stage.of("HEALTHCHECK")[-1:]:
        image = parse(stage.lineage[-1].image.text or "")
        if image is None or stage.inherited("ADD") or _FULL.search(image.repository):
            return
        text = f"{image.full_repository}:{image.tag}".lower()
        name = text.partition(":")[0] if "alpine" not in text and "slim" not in text else text
        lacking = next((tools for pattern, tools in _LACKS if pattern.search(name)), frozenset())
        said = " ".join(other.value.text or "" for other in stage.inherited("RUN", "COPY"))
        for invocation in run_of(instruction).invocations:
            if invocation.tool in lacking and not re.search(rf"\b{invocation.tool}\b", said):
                yield Fail(
                    instruction.value, f"the check needs {invocation.tool}, which {image.repository} does not have", "a tool that is there"
                )
                return
