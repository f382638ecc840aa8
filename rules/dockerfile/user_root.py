"""The last USER of the image is root.

## Why it matters
Whoever takes over the process is root in the container: may change every file of the image, install tools, and is one kernel or mount
mistake away from root on the node. A cluster that enforces the restricted standard refuses the pod.

## Five whys
1. Why could the attacker replace the binary? The process owned it.
2. Why? It ran as root.
3. Why? `USER root` was needed to install a package, and nobody switched back.

## Fix now
After the last instruction that needs root, write `USER 10001` (a number, so that Kubernetes can check `runAsNonRoot`).

## Workaround
`docker run --user 10001`, or `securityContext: {runAsUser: 10001, runAsNonRoot: true}` in the pod.

## Prevent
Keep installing in an early stage, and let the final stage only copy and switch.

## Validate
`docker run --rm IMAGE id -u` does not print 0.

## Bad
```dockerfile finding=4
FROM node:20-slim
USER node
COPY . /app
USER root
```

## Good
```dockerfile
FROM node:20-slim
USER root
RUN apt-get update && apt-get install -y tini
USER node
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.docker.dockerfile import Stage, final_stages


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=final_stages,
    aliases="CKV_DOCKER_8 DS-0002 AVD-DS-0002 hadolint:DL3002",
    symptoms=(r"container has runAsNonRoot and image will run as root",),
)
def check(stage: Stage) -> Iterable[Fail]:
    user = stage.user
    if user is not None and (user.text or "").partition(":")[0] in ("root", "0"):
        yield Fail(user, "the image runs as root", "a user without privileges")
