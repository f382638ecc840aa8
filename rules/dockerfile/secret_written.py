"""A secret is written into an ENV or ARG.

## Why it matters
Both are part of the image: `docker history` and `docker inspect` show them to everybody who can pull it, also when a later instruction
overwrites them. And the Dockerfile is in the repository, with its whole history.

## Five whys
1. Why could a stranger read the database? The password was in the image.
2. Why? `ENV DB_PASSWORD=...` put it there.
3. Why? The program reads its password from the environment, and the image was the nearest place for it.

## Fix now
Change the secret first: it is known. Then give it at run time (a secret of the platform), or to the build alone: `RUN
--mount=type=secret,id=token ...`.

## Workaround
Delete the tags that hold it, after changing the secret.

## Prevent
A scan for secrets before each commit.

## Validate
`docker history --no-trunc IMAGE` does not show it.

## Bad
```dockerfile finding=2,3
FROM python:3.12-slim
ENV LANG=C DB_PASSWORD=hunter2000
ARG AWS_ACCESS_KEY=AKIAQWERTYUIOP234567
USER 1000
```

## Good
```dockerfile
FROM python:3.12-slim
ENV PASSWORD_FILE=/run/secrets/db TOKEN_TTL=3600 DB_PASSWORD=changeme
RUN --mount=type=secret,id=token pip install flask
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.docker.dockerfile import Instruction, variables
from auditor.views.secret import SHORTEST, blank, conceal, secret_name, token

_PLACE = re.compile(r"\$|<|/|https?:|file:|(?:true|false|none|null|yes|no|\d{1,4}|x+|\*+)$", re.IGNORECASE)


@rule(
    target="dockerfile",
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    confidence=Confidence.FIRM,
    each=variables,
    aliases="DS-0031 AVD-DS-0031",
)
def check(instruction: Instruction) -> Iterable[Fail]:
    for name, value, _entry in instruction.entries:
        if value.unknown or value.missing:
            continue
        text = value.text or ""
        kind = token(text)
        named = secret_name(name) and len(text) >= SHORTEST and not _PLACE.match(text) and not blank(text)
        if kind or named:
            said = kind or "a secret, as its name says"
            yield Fail(conceal(value), f"{instruction.keyword} {name} holds {said}", "a secret mount", secret=True)
