"""A file that usually holds credentials is copied into the image.

## Why it matters
Whoever can pull the image has the file. A later `RUN rm` only hides it: the layer below still holds it.

## Five whys
1. Why could somebody push to our packages? The token of `.npmrc` was in the image.
2. Why? The build needed it to install.
3. Why is it still there? Removing it in the next RUN did not remove the layer.

## Fix now
`RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci`; for SSH `RUN --mount=type=ssh`.

## Workaround
Copy it in an early stage only, and change the credentials.

## Prevent
Name such files in `.dockerignore`.

## Validate
`docker save IMAGE | tar t` and the layers in it do not show the file.

## Bad
```dockerfile finding=2,3
FROM node:20
COPY package.json .npmrc ./
COPY id_rsa /root/.ssh/id_rsa
USER node
```

## Good
```dockerfile
FROM node:20
COPY package.json .env.example ca.pem ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
USER node
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies

_KEY = re.compile(
    r"(?:^|/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.pgpass|\.aws/credentials|\.env"
    r"|\.docker/config\.json|\.kube/config|kubeconfig|terraform\.tfstate|[^/]+\.(?:pem|p12|pfx|jks|keystore|ppk))$"
)


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    each=copies,
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword not in ("COPY", "ADD") or instruction.trigger:
        return
    for source in instruction.words[:-1]:
        text = source.text or ""
        if _KEY.search(text) and not re.search(r"\b(?:ca|cert|chain|public|pub|bundle|root)\b", text, re.IGNORECASE):
            yield Fail(source, f"{text} usually holds credentials, and goes into the image", "a secret mount")
