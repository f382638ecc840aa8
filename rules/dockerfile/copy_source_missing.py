"""COPY names a file that is not in the repository.

## Why it matters
The builder looks for sources in the context only. The build stops with `failed to compute cache key: "/x": not found`.

## Five whys
1. Why does the build stop? The file is not in the context.
2. Why not? It was renamed, and the Dockerfile was not.
3. Why was that merged? The image is built only after the merge.

## Fix now
Correct the path; it is relative to the context, not to the Dockerfile.

## Workaround
Put the file where the Dockerfile expects it, before the build.

## Prevent
Build images in change requests too.

## Validate
`docker build .` gets past the line.

## Bad
`Dockerfile`:
```dockerfile finding=2
FROM node:20
COPY package.json pakage-lock.json ./
COPY src /app/src
USER node
```
`package.json`:
```text
{}
```
`package-lock.json`:
```text
{}
```
`src/a.js`:
```text
1
```

## Good
`Containerfile`:
```dockerfile
FROM scratch
COPY controller LICENSES.txt /
USER 1000
```

`app/Dockerfile`:
```dockerfile
FROM node:20
COPY package.json .env* ./
COPY app/src dist/ /app/src/
USER node
```
`package.json`:
```text
{}
```
`app/src/a.js`:
```text
1
```

`Dockerfile`:
```dockerfile
FROM node:20
COPY config.local.json ./
USER node
```
`.gitignore`:
```text
*.local.json
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies
from auditor.views.github.names import closest

_MADE = re.compile(
    r"(?:^|/)(?:dist|build|out|output|target|bin|obj|lib|libs|public|publish|release|releases|artifacts?|node_modules|vendor|generated"
    r"|gen|coverage|tmp|_build|\.next|\.output|\.nuxt|storybook-static|wheelhouse|wheels|site|html|binaries|stage|staging|work)(?:/|$)"
)
_BUILT = re.compile(
    r"\.(?:jar|war|ear|whl|tgz|tar(?:\.\w+)?|zip|gz|xz|exe|so|o|a|dll|deb|rpm|apk|bin|img|iso|wasm|pyc|min\.js|crt|pem|key|env|sbom)$"
)


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    each=copies,
    symptoms=(
        r"failed to compute cache key: .* not found",
        r"COPY failed: file not found in build context",
        r"failed to calculate checksum of ref .*: not found",
    ),
)
def check(instruction: Instruction, resource: Resource, graph: Graph) -> Iterable[Fail]:
    if not resource.meta.at("listed").flag or instruction.trigger:
        return
    absent = [source for source in instruction.where.each("sources") if _absent(source)]
    others = _found(resource, graph) if absent else []
    for source in absent:
        text = source.at("path").text or ""
        inside = text.lstrip("./")
        # a bare name may be a program that is built before
        if others and ("/" in inside or "." in inside or closest(inside, others)):
            yield Fail(source.at("path"), f"{text} is neither beside the Dockerfile nor in a folder above it", "a file of the context")


def _absent(source: Node) -> bool:
    """Whether a source is a plain path that no context has, and that nothing seems to make."""
    text = source.at("path").text or ""
    inside = text.lstrip("./")
    if not inside or ".." in text.split("/") or "*" in text or "$" in (source.at("written").text or ""):
        return False
    return not (source.at("found").present or source.at("generated").flag or _BUILT.search(inside) or _MADE.search(inside))


def _found(resource: Resource, graph: Graph) -> list[str]:
    """The sources of the file that are there: they show that the context is where the repository says."""
    texts: list[str] = []
    for other in copies(resource, graph):
        for source in other.where.each("sources"):
            text = (source.at("path").text or "").lstrip("./")
            if source.at("found").present and text and "*" not in text:
                texts.append(text)
    return texts
