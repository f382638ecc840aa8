"""ENTRYPOINT in shell form keeps signals from the program.

## Why it matters
Process 1 is `/bin/sh -c`, which does not pass SIGTERM on. The program is not told to end; after the grace period it is killed (exit
code 137), with its requests and its data. Arguments of CMD and of `docker run` are dropped.

## Five whys
1. Why are requests cut off at each release? The process is killed.
2. Why does it not end by itself? It never gets SIGTERM.
3. Why not? A shell stands in between.

## Fix now
`ENTRYPOINT ["/app", "--port", "8080"]`, or `ENTRYPOINT exec /app --port $PORT`.

## Workaround
`docker run --init --entrypoint /app IMAGE ...`; in Kubernetes set `command`.

## Prevent
`docker build --check` reports `JSONArgsRecommended`.

## Validate
`docker stop` returns at once, and `docker inspect` shows exit code 0 or 143.

## Bad
```dockerfile finding=3
FROM alpine:3.20
USER 1000
ENTRYPOINT /app --port 8080
```

## Good
```dockerfile
FROM alpine:3.20
USER 1000
ENTRYPOINT ["/app", "--port", "8080"]
```

```dockerfile
FROM alpine:3.20
USER 1000
ENTRYPOINT exec /app --port $PORT
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Stage, stages


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=stages,
    aliases="hadolint:DL3025",
    symptoms=(
        r"Stopping container .* (?:took|after) \d+ ?s",
        r"exit(?:ed with)? (?:code|status) 137",
    ),
)
def check(stage: Stage) -> Iterable[Fail]:
    for instruction in stage.of("ENTRYPOINT")[-1:]:
        text = (instruction.value.text or "").strip()
        if instruction.form == "shell" and not text.startswith(("exec ", "[")):
            yield Fail(instruction.value, "a shell runs between the signals and the program", "the exec form, or exec")
