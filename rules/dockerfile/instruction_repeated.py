"""A stage has two instructions of which only the last one counts.

## Why it matters
CMD, ENTRYPOINT and HEALTHCHECK do not add up. The last one wins, so the container starts, or is checked, with something else than the
line that somebody reads first.

## Five whys
1. Why is the check never run? A second HEALTHCHECK replaced it.
2. Why are there two? One came with a merge.
3. Why was it not seen? The builder accepts both.

## Fix now
Remove all but the one that is meant.

## Workaround
`docker run --entrypoint ...` starts what is meant.

## Prevent
`docker build --check` (Buildx 0.15 and later) warns about it.

## Validate
`docker inspect --format "{{.Config.Entrypoint}} {{.Config.Cmd}}" IMAGE` shows what is meant.

## Bad
```dockerfile finding=2,3
FROM alpine:3.20
CMD ["./one"]
HEALTHCHECK CMD ["./check"]
CMD ["./two"]
HEALTHCHECK NONE
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20 AS one
CMD ["./one"]

FROM alpine:3.20
ENTRYPOINT ["./two"]
CMD ["--help"]
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Stage, stages


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=stages,
    aliases="DS-0007 AVD-DS-0007 DS-0016 AVD-DS-0016 DS-0023 AVD-DS-0023 hadolint:DL4003 hadolint:DL4004 hadolint:DL3012",
)
def check(stage: Stage) -> Iterable[Fail]:
    for keyword in ("ENTRYPOINT", "CMD", "HEALTHCHECK"):
        found = stage.of(keyword)
        for instruction in found[:-1]:
            line = found[-1].where.span.line
            yield Fail(instruction.where, f"this {keyword} has no effect: the one in line {line} replaces it", f"one {keyword}")
