"""Nothing uses a stage.

## Why it matters
BuildKit skips it, other builders make it for nothing. Often it is a sign of a mistake: the final stage was to start from it, or to copy
from it.

## Five whys
1. Why are the compiled files not in the image? Nothing copies them.
2. Why not? The stage that makes them is not used.
3. Why? The final stage was written anew.

## Fix now
Copy from it, start from it, or remove it. A stage that is a target of its own is fine: name it so (`test`, `dev`).

## Workaround
None is needed.

## Prevent
Review what each stage gives to the next.

## Validate
`docker build --progress=plain .` runs the stage.

## Bad
```dockerfile finding=1
FROM node:20 AS assets
RUN npm run build

FROM nginx:1.27
USER 1000
```

## Good
```dockerfile
FROM node:20 AS assets
RUN npm run build

FROM node:20 AS test
RUN npm test

FROM nginx:1.27
COPY --from=assets /dist /usr/share/nginx/html
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.docker.dockerfile import Stage, stages, used


@rule(
    target="dockerfile",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    each=stages,
)
def check(stage: Stage, resource: Resource, graph: Graph) -> Iterable[Fail]:
    if stage.final or _TARGET.search(stage.name) or not any(other.instructions for other in stage.all_stages):
        return  # a Dockerfile without instructions is a list of images, for a bot that updates them
    if used(resource, graph).isdisjoint({stage.name.lower() or "?", str(stage.number)}):
        yield Fail(stage.head, f"nothing uses the stage {stage.name or stage.number}", "a use of it, or no such stage")


_TARGET = re.compile(r"test|lint|dev|debug|check|prod|ci\b|release|export|artifact|cache", re.IGNORECASE)
