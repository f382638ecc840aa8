"""A script prints a secret.

## Why it matters
Logs are read by more people than secrets are, are kept longer and go to other systems. Masks hide a value only where it stands as it is:
coded as base64, cut or with a line break it is readable.

## Five whys
1. Why is the password in the log? A command printed it.
2. Why was it not masked? It was printed in another form, or the platform masks nothing.
3. Why was it printed? Somebody wanted to see whether it is set.
4. Why did the line stay? The job worked afterwards, and nobody reads a green log.
5. Why is that dangerous for long? Logs stay when the secret's owner has left.

## Fix now
Remove the line, delete the logs and change the secret. To see whether a value is there: `[ -n "$TOKEN" ] && echo set`.

## Workaround
Delete the log of the run.

## Prevent
Hand secrets only to the steps that need them.

## Validate
The log of the next run does not show it, not in base64 either.

## Bad
```gitlab
check:
  script:
    - echo "$DEPLOY_TOKEN" # finding
```

```github
on: push
permissions: {}
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "$KEY" | base64 # finding
        env:
          KEY: ${{ secrets.KEY }}
```

## Good
```gitlab
check:
  script:
    - echo "$CI_REGISTRY_PASSWORD" | docker login -u "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"
    - echo "$DEPLOY_TOKEN" > token.txt
    - '[ -n "$DEPLOY_TOKEN" ] && echo set'
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.credentials import Leak, leaks


@rule(target=KINDS, each=leaks, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(leak: Leak) -> Iterator[Fail]:
    if leak.how == "printed":
        yield Fail(leak.where, "a secret is printed to the log", "a test whether it is set")
