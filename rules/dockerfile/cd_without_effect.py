"""A RUN ends by changing the directory.

## Why it matters
Each RUN has a shell of its own, and its directory goes with it. The next instruction is where WORKDIR says.

## Five whys
1. Why was the file not found? The RUN before only changed the directory.
2. Why did that not help? Its shell ended.
3. Why was it written? One long RUN was split.

## Fix now
Write WORKDIR in its place.

## Workaround
Join the two RUN with `&&`.

## Prevent
Use WORKDIR for every change of directory.

## Validate
`RUN pwd` in the next line prints the folder.

## Bad
```dockerfile finding=2
FROM alpine:3.20
RUN mkdir -p /srv/app && cd /srv/app
COPY . .
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
WORKDIR /srv/app
COPY . .
RUN cd /srv/app && make
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell import AndOr, Sequence


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=runs,
    aliases="hadolint:DL3003",
)
def check(run: Run) -> Iterable[Fail]:
    commands = run.script.commands
    if commands and commands[-1].name == "cd" and not run.script.opaque:
        last = commands[-1]
        if all(isinstance(above, (AndOr, Sequence)) for above in last.ancestors):
            yield Fail(run.part(last.start, last.end), "cd is the last thing that this RUN does, so it has no effect", "WORKDIR")
