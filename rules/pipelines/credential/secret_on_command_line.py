"""A secret is passed on a command line.

## Why it matters
Every process of the machine can list the arguments of all others, and many tools write them to logs and messages of failures. On a runner
that jobs share, another job reads the password.

## Five whys
1. Why did another job have the password? It listed the processes of the machine.
2. Why does a process's list show it? Arguments are public there.
3. Why was it passed as an argument? The option is the first that the tool's help names.
4. Why not by standard input? It takes a pipe more.
5. Why was it not noticed? Nothing in the job's own log shows it.

## Fix now
Hand it over by standard input (`echo "$PASSWORD" | docker login -u "$USER" --password-stdin`), by a variable that the tool reads, or by a
file with narrow rights (`curl --netrc-file`, `-K -`).

## Workaround
Run the job on a machine of its own.

## Prevent
Prefer logins by OIDC, which need no password.

## Validate
While the job runs, `ps aux` on its machine does not show it.

## Bad
```gitlab
push:
  script:
    - docker login -u ci -p "$REGISTRY_PASSWORD" registry.example.org # finding
```

## Good
```gitlab
push:
  script:
    - echo "$REGISTRY_PASSWORD" | docker login -u ci --password-stdin registry.example.org
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.credentials import Leak, leaks


@rule(
    target=KINDS,
    each=leaks,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    symptoms=["Using --password via the CLI is insecure"],
)
def check(leak: Leak) -> Iterator[Fail]:
    if leak.how == "spoken":
        yield Fail(leak.where, f"a secret stands on the command line: {leak.text}", "standard input or a variable")
