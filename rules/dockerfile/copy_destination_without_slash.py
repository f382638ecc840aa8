"""Several files are copied to something that is not a folder.

## Why it matters
With more than one source the destination has to end with a slash. The builder stops: `When using COPY with more than one source file,
the destination must be a directory and end with a /`.

## Five whys
1. Why does the build stop? The destination is taken for a file.
2. Why? It has no slash at its end.
3. Why did it work before? There was one source, and a second was added.

## Fix now
End the destination with `/`.

## Workaround
Two COPY instructions.

## Prevent
Always write folders with a slash.

## Validate
`docker build .` gets past the line.

## Bad
```dockerfile finding=2
FROM node:20
COPY package.json package-lock.json /app
USER node
```

## Good
```dockerfile
FROM node:20
COPY package.json package-lock.json /app/
COPY a b .
USER node
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=copies,
    aliases="DS-0011 AVD-DS-0011 hadolint:DL3021",
    symptoms=(r"the destination must be a directory and end with a /",),
)
def check(instruction: Instruction) -> Iterable[Fail]:
    words = instruction.words if instruction.keyword in ("COPY", "ADD") else []
    if len(words) < 3:
        return
    text = words[-1].text or ""
    if not text.endswith(("/", "\\", "/.", "/..")) and text not in (".", ".."):
        yield Fail(words[-1], f"several files are copied to {text}, which is not written as a folder", f"{text}/")
