"""A script shows its commands while it handles a secret.

## Why it matters
After `set -x` the shell prints every command with its values, secrets too, also in parts and quoted, which masks do not find.

## Five whys
1. Why is the token in the log? The shell printed the command that used it.
2. Why? `set -x` was on.
3. Why? Somebody looked for a fault of the script.
4. Why did it stay? It does no harm to the result.
5. Why was the token not masked? It was part of a longer text, or the platform masks nothing.

## Fix now
Remove `set -x`, delete the logs and change the secret.

## Workaround
Put `set +x` before the commands that handle secrets, and `set -x` after them.

## Prevent
Trace scripts on your own machine, with other credentials.

## Validate
The log shows no line that begins with `+`.

## Bad
```gitlab
deploy:
  script:
    - set -x
    - ./deploy --key "$API_TOKEN" # finding
```

## Good
```gitlab
deploy:
  script:
    - ./deploy --key "$API_TOKEN"
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.credentials import Leak, leaks


@rule(target=KINDS, each=leaks, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(leak: Leak) -> Iterator[Fail]:
    if leak.how == "traced":
        yield Fail(leak.where, "set -x prints this command with the secret", "set +x before it")
