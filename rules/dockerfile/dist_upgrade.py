"""The build upgrades the whole distribution.

## Why it matters
`dist-upgrade` may remove packages to solve conflicts. What is in the image then depends on the day, not on the base image, and a layer
as large as the base lies on top of it.

## Five whys
1. Why is the library gone? An upgrade removed it.
2. Why was there an upgrade? The build runs `apt-get dist-upgrade`.
3. Why? A scanner found old packages, and the base image was not updated.

## Fix now
Take a newer base image. To patch one package, name it in `apt-get install`.

## Workaround
`apt-get upgrade`, which never removes anything.

## Prevent
Rebuild regularly with `--pull`.

## Validate
`docker history IMAGE` shows no large layer of upgrades.

## Bad
```dockerfile finding=2
FROM debian:12
RUN apt-get update && apt-get dist-upgrade -y
USER 1000
```

## Good
```dockerfile
FROM debian:12
RUN apt-get update && apt-get upgrade -y
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.package import calls
from auditor.views.docker.run import Run, runs


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=runs,
    aliases="DS-0024 AVD-DS-0024 hadolint:DL3005",
)
def check(run: Run) -> Iterable[Fail]:
    for call in calls(run):
        if call.family in ("apt", "zypper") and call.action == "dist-upgrade":
            yield Fail(call.where, "the whole distribution is upgraded inside of the build", "a newer base image")
