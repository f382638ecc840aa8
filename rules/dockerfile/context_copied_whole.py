"""The whole context is copied, and nothing is excluded.

## Why it matters
`.git` with its whole history, `.env`, keys and `node_modules` of the developer's machine end up in the image. And each change of any
file throws the cache away.

## Five whys
1. Why was the history of the repository in the image? `COPY . .` took `.git` as well.
2. Why? Nothing excludes it.
3. Why not? There is no `.dockerignore`.

## Fix now
Write a `.dockerignore`: `.git`, `.env*`, `node_modules`, or start with `*` and name what is wanted with `!`.

## Workaround
Copy the folders that are needed one by one.

## Prevent
A template for new services.

## Validate
`docker run --rm IMAGE ls -a` shows only what belongs there.

## Bad
`Dockerfile`:
```dockerfile finding=2
FROM node:20
COPY . .
USER node
```
`a.js`:
```text
1
```

## Good
`Dockerfile`:
```dockerfile
FROM node:20
COPY . .
USER node
```
`.dockerignore`:
```text
.git
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Resource, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies


@rule(
    target="dockerfile",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    each=copies,
)
def check(instruction: Instruction, resource: Resource) -> Iterable[Fail]:
    meta = resource.meta
    if not meta.at("listed").flag or not meta.at("ignoring").missing or instruction.trigger:
        return
    for source in instruction.where.each("sources"):
        if (source.at("path").text or "") in (".", "./", "/"):
            yield Fail(source.at("path"), "the whole context is copied, and no .dockerignore says what not", "a .dockerignore")
