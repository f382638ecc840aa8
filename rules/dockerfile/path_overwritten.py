"""ENV replaces PATH and leaves the folders of the system out.

## Why it matters
From that line on no `ls`, `sh` or `apt-get` is found, in the build and in the container: `executable file not found in $PATH`.

## Five whys
1. Why does the next RUN fail? `mkdir: not found`.
2. Why? PATH does not name `/bin`.
3. Why not? The old value was not kept.

## Fix now
`ENV PATH=/opt/app/bin:$PATH`.

## Workaround
Call programs by their full path.

## Prevent
Run the image in the pipeline.

## Validate
`docker run --rm IMAGE sh -c "echo $PATH"`.

## Bad
```dockerfile finding=2
FROM alpine:3.20
ENV PATH=/opt/app/bin
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
ENV PATH=/opt/app/bin:$PATH
ENV PATH /opt/x:/usr/bin:/bin
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.docker.dockerfile import Instruction, instructions


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    confidence=Confidence.FIRM,
    each=instructions,
    symptoms=(r"exec: \"(?:sh|/bin/sh|bash)\": executable file not found in \$PATH",),
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword != "ENV":
        return
    for name, value, entry in instruction.entries:
        if name == "PATH" and not value.unknown:
            text = value.text or ""
            if not any(folder in ("/bin", "/usr/bin") for folder in text.split(":")) and "\\" not in text and "%" not in text:
                yield Fail(entry, "PATH is replaced, so that no program of the system is found any more", "$PATH at its end")
