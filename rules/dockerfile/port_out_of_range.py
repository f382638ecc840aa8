"""EXPOSE names a port that cannot exist.

## Why it matters
Ports end at 65535. The builder stops with `invalid containerPort`.

## Five whys
1. Why does the build stop? The port is out of range.
2. Why? A digit too much.
3. Why was it not seen? EXPOSE is rarely tried by itself.

## Fix now
Write the port that the process listens on.

## Workaround
Remove the line: EXPOSE only documents.

## Prevent
Build in every change request.

## Validate
`docker build .` gets past the line.

## Bad
```dockerfile finding=2
FROM alpine:3.20
EXPOSE 80 80800/tcp
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
EXPOSE 8080 9000-9010/udp
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.docker.dockerfile import Instruction, instructions


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=instructions,
    aliases="DS-0008 AVD-DS-0008 hadolint:DL3011",
    symptoms=(r"invalid containerPort",),
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword != "EXPOSE":
        return
    for word in instruction.words:
        for number in (word.text or "").partition("/")[0].split("-"):
            if number.isdigit() and not 0 < int(number) <= 65535:
                yield Fail(word, f"{number} is no port", "1 to 65535")
