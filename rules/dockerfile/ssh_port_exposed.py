"""The image exposes the port of SSH.

## Why it matters
An SSH server in a container is a second way in, with its own keys and its own patches, past the access control and the audit log of the
platform.

## Five whys
1. Why was somebody in the container? SSH was open.
2. Why does it run there? The image came from a virtual machine.
3. Why is it kept? Debugging used to need it.

## Fix now
Remove the server and `EXPOSE 22`. Use `kubectl exec`, `kubectl debug`, `docker exec` or ECS Exec.

## Workaround
Close the port in the security group or network policy.

## Prevent
Build images around one process.

## Validate
`docker inspect --format {{.Config.ExposedPorts}} IMAGE` does not name 22.

## Bad
```dockerfile finding=2
FROM alpine:3.20
EXPOSE 8080 22/tcp
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
EXPOSE 8080 2222
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Instruction, instructions


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=instructions,
    aliases="CKV_DOCKER_1 DS-0004 AVD-DS-0004",
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword != "EXPOSE":
        return
    for word in instruction.words:
        first, _, last = (word.text or "").partition("/")[0].partition("-")
        if first.isdigit() and int(first) <= 22 <= (int(last) if last.isdigit() else int(first)):
            yield Fail(word, "the image exposes port 22, the one of SSH", "no SSH server in the image")
