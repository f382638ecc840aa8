"""The build sets the password of a user.

## Why it matters
The password (or that there is none) is in the layers of the image and in its history, for everybody who can pull it, and the same in
every container.

## Five whys
1. Why could somebody log in? The password was in the image.
2. Why was it there? The build called `chpasswd`.
3. Why? The image was made like a machine.

## Fix now
Remove it. Processes are started as a user by USER; nobody has to log in.

## Workaround
Lock the account in a later RUN: `passwd -l NAME`. The old layer still holds the hash.

## Prevent
Use `docker exec` or `kubectl exec`, with their access control.

## Validate
`docker run --rm IMAGE cut -d: -f2 /etc/shadow` shows only `*` and `!`.

## Bad
```dockerfile finding=2
FROM debian:12
RUN echo "root:root" | chpasswd
USER 1000
```

## Good
```dockerfile
FROM debian:12
RUN useradd --uid 10001 app && passwd -l app
USER 10001
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.docker.run import Run, runs


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=runs,
    aliases="CKV2_DOCKER_17",
)
def check(run: Run) -> Iterable[Fail]:
    for invocation in run.invocations:
        if invocation.tool == "chpasswd" or (invocation.tool == "passwd" and invocation.has("--stdin", "-d", "--delete")):
            yield Fail(run.call(invocation), "the build sets a password, which then is in every copy of the image", "no passwords")
