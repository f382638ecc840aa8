"""A file that usually holds credentials is copied into the image.

## Why it matters
Whoever can pull the image has the file. A later `RUN rm` only hides it: the layer below still holds it.

## Five whys
1. Why could somebody push to our packages? The token of `.npmrc` was in the image.
2. Why? The build needed it to install.
3. Why is it still there? Removing it in the next RUN did not remove the layer.

## Fix now
`RUN --mount=type=secret,id=npmrc NPM_CONFIG_USERCONFIG=/run/secrets/npmrc npm ci`; for SSH `RUN --mount=type=ssh`.

## Workaround
Copy it in an early stage only, and change the credentials.

## Prevent
Name such files in `.dockerignore`.

## Validate
`docker save IMAGE | tar t` and the layers in it do not show the file.

## Bad
```dockerfile finding=2,3,5
FROM node:20
COPY package.json .npmrc ./
COPY id_rsa /srv/.ssh/id_rsa
COPY src /app/
ENV GOOGLE_APPLICATION_CREDENTIALS=/app/account.json
USER node
```

## Good
```dockerfile
FROM node:20
COPY package.json .env.example ca.pem ./
ENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/account.json
RUN --mount=type=secret,id=npmrc NPM_CONFIG_USERCONFIG=/run/secrets/npmrc npm ci
USER node
```
"""

import re
from collections.abc import Iterable, Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.docker.dockerfile import Stage, stages

_KEY = re.compile(
    r"(?:^|/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.pgpass|\.aws/credentials|\.env"
    r"|\.docker/config\.json|\.kube/config|kubeconfig|terraform\.tfstate|[^/]+\.(?:pem|p12|pfx|jks|keystore|ppk))$"
)
_PUBLIC = re.compile(r"\b(?:ca|cert|chain|public|pub|bundle|root)\b", re.IGNORECASE)
_POINTERS = frozenset({"GOOGLE_APPLICATION_CREDENTIALS", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "HF_TOKEN_PATH", "KUBECONFIG"})


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    each=stages,
    aliases="DS-0031 AVD-DS-0031",
)
def check(stage: Stage) -> Iterable[Fail]:
    for instruction in stage.of("COPY", "ADD"):
        for source in instruction.words[:-1]:
            text = "" if source.unknown else source.text or ""
            if _KEY.search(text) and not _PUBLIC.search(text):
                yield Fail(source, f"{text} usually holds credentials, and goes into the image", "a secret mount")
    for name, value in _pointers(stage):
        if any(_below(value.text or "", folder) for folder in _copied_to(stage)):
            yield Fail(value, f"{name} names a file of the image, so that the credentials are in it", "a secret mount")


def _pointers(stage: Stage) -> Iterator[tuple[str, Node]]:
    """Variables that name a file with credentials."""
    for instruction in stage.of("ENV", "ARG"):
        for name, value, _entry in instruction.entries:
            if name in _POINTERS and not value.unknown and value.present:
                yield name, value


def _copied_to(stage: Stage) -> Iterator[str]:
    for instruction in stage.of("COPY", "ADD"):
        for folder in instruction.words[-1:]:
            if not folder.unknown:
                yield folder.text or ""


def _below(path: str, folder: str) -> bool:
    path, folder = path.removeprefix("."), folder.removeprefix(".").rstrip("/")
    return bool(folder) and (path == folder or path.startswith(f"{folder}/"))
