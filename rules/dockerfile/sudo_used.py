"""A RUN uses sudo.

## Why it matters
In a build nobody has to ask for rights: a RUN is what USER says. With sudo the image carries a way to become root, usually one without
a password, for everybody who gets into the container.

## Five whys
1. Why could the web server become root? `sudo` needed no password.
2. Why is it there? The build installs it for one command.
3. Why? The commands were copied from a manual for machines.

## Fix now
`USER root`, the commands without sudo, then `USER app`.

## Workaround
Remove sudo and its configuration in the last RUN.

## Prevent
Do what needs root before the first USER.

## Validate
`docker run --rm IMAGE which sudo` prints nothing.

## Bad
```dockerfile finding=3
FROM ubuntu:24.04
USER ubuntu
RUN sudo apt-get update && echo done
```

## Good
```dockerfile
FROM ubuntu:24.04
RUN apt-get update && apt-get install -y sudo
USER ubuntu
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.run import Run, runs


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=runs,
    aliases="CKV2_DOCKER_1 DS-0010 AVD-DS-0010 hadolint:DL3004",
)
def check(run: Run) -> Iterable[Fail]:
    for invocation in run.invocations:
        if invocation.tool == "sudo" or "sudo" in invocation.wrappers:
            yield Fail(run.call(invocation), "sudo is used in the build", "USER root before, and USER back after it")
            return
