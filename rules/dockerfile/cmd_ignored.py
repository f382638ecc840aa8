"""CMD is ignored because of the form of ENTRYPOINT.

## Why it matters
An ENTRYPOINT in shell form is started as `/bin/sh -c "..."`, and what CMD or `docker run` adds become arguments of that shell, which
nobody reads.

## Five whys
1. Why does the option have no effect? The program does not get it.
2. Why not? It is an argument of `/bin/sh`.
3. Why? ENTRYPOINT is written without brackets.

## Fix now
Write ENTRYPOINT as a list: `ENTRYPOINT ["/app"]`, `CMD ["--port", "8080"]`.

## Workaround
Put the arguments into ENTRYPOINT.

## Prevent
Use the exec form for both.

## Validate
`docker run --rm IMAGE --help` reaches the program.

## Bad
```dockerfile finding=4
FROM alpine:3.20
USER 1000
ENTRYPOINT /app
CMD ["--port", "8080"]
```

## Good
```dockerfile
FROM alpine:3.20
USER 1000
ENTRYPOINT ["/app"]
CMD ["--port", "8080"]
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Stage, stages


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=stages,
)
def check(stage: Stage) -> Iterable[Fail]:
    entries, commands = stage.inherited("ENTRYPOINT"), stage.of("CMD")
    if not entries or not commands or entries[-1].form != "shell" or '"$@"' in (entries[-1].value.text or ""):
        return
    if not (entries[-1].value.text or "").startswith("["):
        line = entries[-1].where.span.line
        yield Fail(commands[-1].where, f"CMD is ignored, since the ENTRYPOINT in line {line} is in shell form", "ENTRYPOINT in exec form")
