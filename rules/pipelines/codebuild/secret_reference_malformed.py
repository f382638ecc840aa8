"""A reference to a secret of Secrets Manager has the wrong shape.

## Why it matters
`secrets-manager` reads `id:json-key:version-stage:version-id`. A reference with more parts, or an ARN that is cut off, cannot be
resolved: the build ends in *DOWNLOAD_SOURCE* with *Secrets Manager Error Message* before any command.

## Five whys
1. Why did the build fail before its first command? A secret could not be read.
2. Why not? CodeBuild could not make sense of the reference.
3. Why not? It has parts in a place where others are expected.

## Fix now
Write `NAME: secret-name:json-key`.

## Workaround
Read the secret in a command: `aws secretsmanager get-secret-value`.

## Prevent
Copy the form of a reference that works.

## Validate
The build reaches the phase *INSTALL*.

## Bad
```buildspec
version: 0.2
env:
  secrets-manager:
    PASSWORD: shop/db:password:AWSCURRENT:1:extra # finding
phases:
  build: {commands: [make]}
```

## Good
```buildspec
version: 0.2
env:
  secrets-manager:
    PASSWORD: shop/db:password
    OLD: shop/db:password:AWSPREVIOUS
    WHOLE: shop/db
    ARN: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-a1b2c3:password
    DEFAULTS: arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-a1b2c3:password
    PINNED: "shop/db:password::1"
phases:
  build: {commands: [make]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline.reading import entries, text

_ARN = 7
_MOST = 4


@rule(target="codebuild_buildspec", severity=Severity.HIGH, symptoms=[r"Secrets Manager Error Message"])
def check(body: Node) -> Iterator[Fail]:
    for name, reference in entries(body.at("env.secrets-manager")):
        parts = text(reference).split(":")
        rest = parts[_ARN - 1 :] if text(reference).startswith("arn:") else parts
        short = text(reference).startswith("arn:") and len(parts) < _ARN
        if text(reference) and "$" not in text(reference) and (short or len(rest) > _MOST or not rest[0]):
            yield Fail(reference, f"{name} does not name a secret that CodeBuild can resolve", "id:json-key:version-stage:version-id")
