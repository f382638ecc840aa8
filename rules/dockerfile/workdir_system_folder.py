"""The working directory is a folder of the system.

## Why it matters
`/proc/self/fd/...` as a working directory was the way out of the container in CVE-2024-21626. Other folders of the system are mounted
over at run time, so that what was copied there is gone.

## Five whys
1. Why was the host readable? The process started in a folder of the host.
2. Why? WORKDIR pointed at a leaked descriptor below `/proc`.
3. Why was that accepted? Nobody looks at WORKDIR.

## Fix now
Use a folder of your own, such as `/app`.

## Workaround
Start with `--workdir /app`, and update runc to 1.1.12 or later.

## Prevent
Review Dockerfiles of images that you do not build yourself.

## Validate
`docker inspect --format {{.Config.WorkingDir}} IMAGE`.

## Bad
```dockerfile finding=2
FROM alpine:3.20
WORKDIR /proc/self/fd/7
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
WORKDIR /procedures
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Instruction, instructions

_SYSTEM = ("/proc", "/sys", "/dev", "/boot", "/initrd", "/lost+found")


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    each=instructions,
    aliases="DS-0030 AVD-DS-0030",
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword != "WORKDIR":
        return
    for path in instruction.words[:1]:
        text = (path.text or "").rstrip("/")
        if any(text == folder or text.startswith(f"{folder}/") for folder in _SYSTEM):
            yield Fail(path, f"{path.text} belongs to the kernel or the boot loader", "a folder of your own")
