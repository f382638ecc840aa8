"""ADD fetches a file and does not check it.

## Why it matters
Whoever controls the address, the name server or the way there decides what is in the image. And the layer is fetched again at each
build, so that the same Dockerfile gives different images.

## Five whys
1. Why was there a foreign binary in the image? The download was replaced.
2. Why did the build take it? It had nothing to compare with.
3. Why not? `ADD https://...` was written without a checksum.

## Fix now
`ADD --checksum=sha256:24454f830c... https://...` (Dockerfile syntax 1.6 and later).

## Workaround
Fetch in a RUN and compare there: `curl -fsSLo f URL && echo "SHA256  f" | sha256sum -c`.

## Prevent
Keep what builds need in a registry of your own.

## Validate
Change one digit of the checksum: the build fails with `digest mismatch`.

## Bad
```dockerfile finding=2
FROM alpine:3.20
ADD https://example.com/tool.zip /opt/
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/tool.zip /opt/
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Instruction, copies


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=copies,
    aliases="CKV_DOCKER_4 hadolint:DL3020",
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword != "ADD" or instruction.flag("checksum").present:
        return
    for source in instruction.words[:-1]:
        text = source.text or ""
        if text.startswith(("http://", "https://")) and not text.partition("#")[0].endswith(".git"):
            yield Fail(
                source, "a file from the network goes into the image, and nobody checks that it is the right one", "--checksum=sha256:..."
            )
