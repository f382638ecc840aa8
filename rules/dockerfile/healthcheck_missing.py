"""The image does not say how its health is checked.

## Why it matters
Docker, Compose, Swarm and ECS take a container whose process lives for healthy. Without a check a deadlocked service gets traffic for
ever. Kubernetes has probes of its own and ignores HEALTHCHECK.

## Five whys
1. Why did the load balancer send requests to a dead service? The container counted as healthy.
2. Why? Its process was alive.
3. Why was more not asked? The image has no HEALTHCHECK.

## Fix now
`HEALTHCHECK --interval=30s --timeout=3s CMD ["/app", "health"]`.

## Workaround
Define the check where the container is run: `healthcheck:` in Compose, `healthCheck` in the task definition.

## Prevent
Give each service a command that checks itself, so that the image needs no curl.

## Validate
`docker ps` shows `(healthy)`.

## Bad
```dockerfile finding=1
FROM alpine:3.20
USER 1000
CMD ["/app"]
```

## Good
```dockerfile
FROM alpine:3.20
USER 1000
HEALTHCHECK CMD ["/app", "health"]
CMD ["/app"]
```

```dockerfile
FROM alpine:3.20
HEALTHCHECK NONE
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.docker.dockerfile import Stage, final_stages


@rule(
    target="dockerfile",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    each=final_stages,
    aliases="CKV_DOCKER_2 DS-0026 AVD-DS-0026",
)
def check(stage: Stage) -> Iterable[Fail]:
    if not stage.inherited("HEALTHCHECK") and (stage.image.text or "").lower() != "scratch":
        yield Fail(stage.head, "the image has no HEALTHCHECK", "a HEALTHCHECK, or HEALTHCHECK NONE where another one checks")
