"""COPY names a path above the context.

## Why it matters
The builder has the context and nothing else. The classic builder says `forbidden path outside the build context`; BuildKit drops the
`..` and then does not find the file.

## Five whys
1. Why is the file not found? `../shared` became `/shared` of the context.
2. Why? A build cannot look above its context.
3. Why was it written? The path is right as seen from the Dockerfile.

## Fix now
Build with a context further up: `docker build -f app/Dockerfile .`, and write paths from there.

## Workaround
`docker build --build-context shared=../shared .`, and `COPY --from=shared`.

## Prevent
Build in change requests.

## Validate
`docker build .` gets past the line.

## Bad
```dockerfile finding=2,3
FROM node:20
COPY ../shared /app/shared
COPY a/../../b /b
USER node
```

## Good
```dockerfile
FROM node:20
COPY a/../b ./c /app/
COPY --from=node:20 ../x /x
USER node
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    confidence=Confidence.FIRM,
    each=copies,
    symptoms=(
        r"forbidden path outside the build context",
        r"failed to compute cache key: .* not found",
    ),
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword not in ("COPY", "ADD") or instruction.flag("from").present or instruction.trigger:
        return
    for source in instruction.words[:-1]:
        text = source.text or ""
        depth = 0
        for name in text.split("/"):
            depth += {"..": -1, ".": 0, "": 0}.get(name, 1)
            if depth < 0:
                yield Fail(source, f"{text} leaves the context", "a path inside of the context")
                break
