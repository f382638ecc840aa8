"""apt installs what is only recommended.

## Why it matters
Recommended packages are often more than the wanted ones. Each is larger images, longer builds and one more thing to patch.

## Five whys
1. Why does the scanner find a mail server? A package recommends one.
2. Why was it installed? apt follows recommendations.
3. Why? `--no-install-recommends` was not given.

## Fix now
`apt-get install -y --no-install-recommends NAME`; name what is really needed, such as `ca-certificates`.

## Workaround
None is needed.

## Prevent
`RUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/90norecommends` in your base image.

## Validate
`docker run --rm IMAGE dpkg -l` is shorter.

## Bad
```dockerfile finding=2
FROM debian:12
RUN apt-get update && apt-get install -y git
USER 1000
```

## Good
```dockerfile
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends git
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.package import calls
from auditor.views.docker.run import Run, runs

_OFF = re.compile(r"Install-Recommends\s*[\"']?\s*[=\s]\s*[\"']?(?:false|0|no)", re.IGNORECASE)


@rule(
    target="dockerfile",
    severity=Severity.INFO,
    each=runs,
    aliases="DS-0029 AVD-DS-0029 hadolint:DL3015",
)
def check(run: Run) -> Iterable[Fail]:
    for call in calls(run):
        if call.family == "apt" and call.action == "install" and not call.invocation.has("--no-install-recommends"):
            if not any(_OFF.search(other.value.text or "") for other in run.instruction.stage.inherited("RUN")):
                yield Fail(call.where, "packages that are only recommended are installed as well", "--no-install-recommends")
            return
