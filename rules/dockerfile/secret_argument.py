"""A secret is passed to the build as an argument.

## Why it matters
The value of a build argument is in the history of the image as soon as a RUN uses it, and in the provenance that BuildKit attaches.
Whoever can pull the image can read it.

## Five whys
1. Why could the token of the registry be read? It was in the history of the image.
2. Why? It came as `--build-arg NPM_TOKEN=...`.
3. Why? An ARG was the known way to give something to a build.

## Fix now
`RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci`, and `docker build --secret id=npm,env=NPM_TOKEN .`.

## Workaround
Use tokens that live for minutes, and copy only the result into the last stage.

## Prevent
`docker build --check` reports `SecretsUsedInArgOrEnv`.

## Validate
`docker history --no-trunc IMAGE` and `docker buildx imagetools inspect --format "{{json .Provenance}}"` do not show it.

## Bad
```dockerfile finding=2,3
FROM node:20
ARG NPM_TOKEN
ENV API_KEY=$NPM_TOKEN
RUN npm ci
USER node
```

## Good
```dockerfile
FROM node:20
ARG VERSION
ARG TOKEN_URL
RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci
USER node
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.docker.dockerfile import Instruction, variables
from auditor.views.secret import blank, secret_name

_NAMES = frozenset(
    {"AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AZURE_CLIENT_ID", "GOOGLE_CREDENTIALS", "NPM_AUTH", "SSH_KEY", "SSH_PRIVATE_KEY"}
)
_FRONT = ("VITE_", "REACT_APP_", "NEXT_PUBLIC_")


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    each=variables,
    aliases="DS-0031 AVD-DS-0031",
)
def check(instruction: Instruction) -> Iterable[Fail]:
    for name, value, entry in instruction.entries:
        bare = next((name.removeprefix(front) for front in _FRONT if name.startswith(front)), name)
        if bare in _NAMES or (secret_name(bare) and not _written_out(instruction, value, entry)):
            yield Fail(entry.at("name"), f"{instruction.keyword} {name} takes a secret into the image", "a secret mount")


def _written_out(instruction: Instruction, value: Node, entry: Node) -> bool:
    """Whether the Dockerfile holds the secret itself, or leaves the variable empty: that is another fault, or none."""
    if value.unknown or value.missing or "$" in (entry.at("written").text or ""):
        return False
    return instruction.keyword == "ENV" or not blank(value.text or "")
