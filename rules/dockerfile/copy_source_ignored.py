"""COPY names a file that .dockerignore excludes.

## Why it matters
What `.dockerignore` matches is not sent to the builder. The build stops with `not found` for a file that everybody can see.

## Five whys
1. Why is the file not found? It is not in the context.
2. Why not? A pattern of `.dockerignore` matches it.
3. Why is that hard to see? The message does not name `.dockerignore`.

## Fix now
Add an exception behind the pattern: `!config/prod.yml`.

## Workaround
A file of its own for this Dockerfile: `NAME.dockerignore` beside it takes the place of the common one.

## Prevent
`docker build --check` reports `CopyIgnoredFile`.

## Validate
`docker build .` gets past the line.

## Bad
`Dockerfile`:
```dockerfile finding=2
FROM node:20
COPY package.json config/prod.yml ./
USER node
```
`package.json`:
```text
{}
```
`config/prod.yml`:
```text
a: 1
```
`.dockerignore`:
```text
**/*.yml
node_modules
```

## Good
`Dockerfile`:
```dockerfile
FROM node:20
COPY package.json config/prod.yml ./
USER node
```
`package.json`:
```text
{}
```
`config/prod.yml`:
```text
a: 1
```
`.dockerignore`:
```text
**/*.yml
!config/prod.yml
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Profile, Resource, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    confidence=Confidence.FIRM,
    each=copies,
    symptoms=(
        r"failed to compute cache key: .* not found",
        r"excluded by \.dockerignore",
        r"COPY failed: .*no such file or directory",
    ),
)
def check(instruction: Instruction, resource: Resource) -> Iterable[Fail]:
    if not resource.meta.at("listed").flag or instruction.trigger:
        return
    for source in instruction.where.each("sources"):
        found = [folder.text for folder in source.at("found").each()]
        hidden = [folder.text for folder in source.at("hidden").each()]
        if found and found == hidden:
            yield Fail(
                source.at("path"), f"{source.at('path').text} is there, but .dockerignore keeps it from the builder", "an exception (!)"
            )
