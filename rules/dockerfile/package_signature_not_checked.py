"""Packages are installed without a check of their signatures.

## Why it matters
The signature is what ties a package to its distribution. Without it a mirror, a proxy or a stolen domain decides what runs in the
image.

## Five whys
1. Why was the package not the real one? The mirror was taken over.
2. Why was it installed? Its signature was not looked at.
3. Why not? The key of the repository had expired, and the option made the build work.

## Fix now
Install the key of the repository (`signed-by=` in the sources of apt, `gpgkey=` of dnf, `/etc/apk/keys`), and remove the option.

## Workaround
Download the package, compare its SHA-256, and install the file.

## Prevent
Keep the keys with the Dockerfile.

## Validate
The command works without the option.

## Bad
```dockerfile finding=2,3
FROM debian:12
RUN apt-get update && apt-get install -y --allow-unauthenticated foo
RUN apt-get --force-yes install bar
USER 1000
```

```dockerfile finding=2,3,4
FROM alpine:3.20
RUN apk add --no-cache --allow-untrusted ./x.apk
RUN rpm -i --nodigest y.rpm
RUN dnf install -y --nogpgcheck z
USER 1000
```

## Good
```dockerfile
FROM debian:12
RUN apt-get update && apt-get install -y foo | grep "--force-yes"
RUN rpm -i y.rpm
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell.invocation import Invocation


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    each=runs,
    aliases="CKV2_DOCKER_7 CKV2_DOCKER_8 CKV2_DOCKER_9 CKV2_DOCKER_10 CKV2_DOCKER_11",
)
def check(run: Run) -> Iterable[Fail]:
    for invocation in run.invocations:
        if how := _unsigned(invocation):
            yield Fail(run.call(invocation), f"{invocation.tool} {how}: packages are taken without their signatures", "checked signatures")


def _unsigned(it: Invocation) -> str:
    """The option that switches the check off."""
    wanted: tuple[str, ...] = ()
    match it.tool:
        case "apk":
            wanted = ("--allow-untrusted",)
        case "apt-get" | "apt" | "aptitude":
            wanted = ("--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories")
        case "yum" | "dnf" | "microdnf" | "tdnf":
            wanted = ("--nogpgcheck", "--no-gpgchecks", "--no-gpg-checks")
        case "zypper":
            wanted = ("--no-gpg-checks", "--allow-unsigned-rpm")
        case "rpm":
            wanted = ("--nodigest", "--nosignature", "--noverify", "--nofiledigest")
        case _:
            pass
    return next((option.name for option in it.options if option.name in wanted), "")
