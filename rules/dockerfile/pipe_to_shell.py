"""A script from the network is run unseen.

## Why it matters
Whoever controls the address runs commands as root in the build. When the connection breaks off, the shell runs the half that arrived;
and when the server sends an error page, it runs that.

## Five whys
1. Why did the image mine coins? The install script was replaced.
2. Why did the build run it? `curl | sh` looks at nothing.
3. Why is it written so? The project's manual says so.

## Fix now
Fetch a released file, compare its SHA-256, then run it: `ADD --checksum=sha256:... URL /tmp/install.sh`.

## Workaround
Name a commit in the address.

## Prevent
Install from the packages of the distribution.

## Validate
The build fails when the file changes.

## Bad
```dockerfile finding=2,3
FROM alpine:3.20
RUN curl -sSL https://example.com/install.sh | sh -s -- -y
RUN bash -c "$(wget -qO- https://example.com/i.sh)"
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/install.sh /tmp/
RUN sh /tmp/install.sh && curl -fsS https://example.com/a.tgz | tar xz
USER 1000
```
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell import Command, Pipeline, Statement
from auditor.views.shell.wrappers import unwrap

_FETCH = frozenset({"curl", "wget"})
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", "python", "python3", "node", "perl", "ruby", "php"})


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=runs,
)
def check(run: Run) -> Iterable[Fail]:
    for statement in run.script.statements:
        if isinstance(statement, Pipeline):
            names = [_name(stage) for stage in statement.stages]
            for first, last in pairwise(names):
                if first in _FETCH and last in _SHELLS and not _pinned(statement.stages[0]):
                    yield Fail(run.part(statement.start, statement.end), f"what {first} fetches is run by {last} unseen", "a checked file")
        elif isinstance(statement, Command) and (statement.name in _SHELLS or statement.name in ("eval", "source", ".")):
            for word in statement.arguments:
                inner = [it.name for part in word.parts if part.body is not None for it in part.body.items if isinstance(it, Command)]
                if any(name in _FETCH for name in inner):
                    yield Fail(
                        run.part(statement.start, statement.end),
                        f"what {inner[0]} fetches is run by {statement.name} unseen",
                        "a checked file",
                    )


def _name(stage: Statement) -> str:
    """The program of a stage, behind sudo and env."""
    if not isinstance(stage, Command):
        return ""
    words = unwrap(stage.words).words
    return (words[0].literal or "").rpartition("/")[2] if words else ""


def _pinned(stage: Statement) -> bool:
    """Whether the address names one content for ever: that of a commit."""
    return isinstance(stage, Command) and any(re.search(r"/[0-9a-f]{40}/", word.text) for word in stage.arguments)
