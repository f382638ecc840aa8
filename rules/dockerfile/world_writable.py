"""Files of the image can be changed by every user.

## Why it matters
A process without privileges that can replace the program, or a script that root runs later, has those privileges in the end.

## Five whys
1. Why could the worker replace the start script? Everybody may write it.
2. Why? `chmod 777`.
3. Why was that done? A permission was denied, and nobody looked which one.

## Fix now
Give the files to the user: `COPY --chown=10001:0`, and `chmod g=u` where any user of a group has to write (OpenShift).

## Workaround
Mount the folders that have to be written as volumes.

## Prevent
`readOnlyRootFilesystem: true` in the pod, with volumes for what is written.

## Validate
`docker run --rm IMAGE find / -xdev -perm -o+w -type f` prints nothing.

## Bad
```dockerfile finding=3,3
FROM alpine:3.20
COPY start.sh /start.sh
RUN chmod 777 /start.sh && chmod -R o+w /srv
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
COPY --chmod=0755 start.sh /start.sh
RUN chmod 755 /start.sh && chmod +x /a && chmod 1777 /tmp && chmod -R g+w /srv
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.run import Run, runs

_MODE = re.compile(r"(?:[0-7]?[0-7]{2}[2367]|(?:a|[ug]*o[ug]*|)\+[rx]*w[rx]*|[ug]*o[ug]*=[rx]*w[rx]*|a=[rx]*w[rx]*)$")


@rule(
    target="dockerfile",
    severity=Severity.LOW,
    each=runs,
)
def check(run: Run) -> Iterable[Fail]:
    for invocation in run.invocations:
        if invocation.tool != "chmod" or not invocation.operands:
            continue
        mode, *files = invocation.operands
        if _MODE.match(mode.text) and not mode.text.startswith(("1", "+")) and not all(_scratch(file.text) for file in files):
            yield Fail(run.call(invocation), f"chmod {mode.text} lets every user change the files", "the rights that are needed")


def _scratch(path: str) -> bool:
    return re.match(r"/(?:var/)?tmp|/dev/", path) is not None
