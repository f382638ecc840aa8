"""ADD copies a file that COPY could copy.

## Why it matters
ADD unpacks archives and fetches addresses. Where a plain copy is meant, that is a surprise in waiting: a file that happens to be an
archive arrives unpacked.

## Five whys
1. Why is the archive a folder in the image? ADD unpacked it.
2. Why was ADD used? It came from an old example.
3. Why does nobody notice? For plain files both do the same.

## Fix now
Write COPY.

## Workaround
None is needed until the file becomes an archive.

## Prevent
Use ADD only for local archives that have to be unpacked, and for addresses with `--checksum`.

## Validate
`docker build .` gives the same files.

## Bad
```dockerfile finding=2
FROM alpine:3.20
ADD app.jar /srv/
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
COPY app.jar /srv/
ADD rootfs.tar.xz /
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies

_ARCHIVE = re.compile(r"\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|tlz|tzst)$", re.IGNORECASE)
_REMOTE = re.compile(r"[a-z+]+://|git@|<<")


@rule(
    target="dockerfile",
    severity=Severity.LOW,
    each=copies,
    aliases="CKV_DOCKER_4 DS-0005 AVD-DS-0005 hadolint:DL3020",
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword != "ADD" or instruction.trigger:
        return
    for source in instruction.words[:-1]:
        text = source.text or ""
        if not _ARCHIVE.search(text) and not _REMOTE.match(text):
            yield Fail(source, f"ADD copies {text}, as COPY would", "COPY")
            return
