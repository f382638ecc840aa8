"""A RUN changes the directory with cd.

## Why it matters
The change ends with the RUN. A reader who follows the Dockerfile line by line loses track of where files go, and a `cd` that is split
into a RUN of its own does nothing.

## Five whys
1. Why is the file in the wrong folder? The next RUN started in the old directory.
2. Why? `cd` held for one RUN only.
3. Why was it written so? In a script it would hold.

## Fix now
`WORKDIR /path` before the RUN.

## Workaround
Use absolute paths, or `make -C`, `git -C`, `npm --prefix`.

## Prevent
One WORKDIR for each part of the build.

## Validate
`docker build .` puts the files where they belong.

## Bad
```dockerfile finding=2
FROM alpine:3.20
RUN cd /srv && make
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
WORKDIR /srv
RUN make && (cd docs && make)
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell import Sequence


@rule(
    target="dockerfile",
    severity=Severity.INFO,
    each=runs,
    aliases="DS-0013 AVD-DS-0013 hadolint:DL3003",
)
def check(run: Run) -> Iterable[Fail]:
    for command in run.script.commands:
        scopes = {above.role for above in command.ancestors if isinstance(above, Sequence)}
        if command.name == "cd" and not scopes & {"subshell", "substitution"}:
            yield Fail(run.part(command.start, command.end), "a RUN changes the directory, for itself only", "WORKDIR")
            return
