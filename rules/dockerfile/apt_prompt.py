"""apt-get waits for an answer that nobody gives.

## Why it matters
A build has no terminal. `apt-get install` without `-y` stops with `Do you want to continue? [Y/n] Abort.` as soon as it has to install
more than what was named.

## Five whys
1. Why did the build abort? apt asked.
2. Why today? The package has a new dependency, and apt asks only when there is one.
3. Why was there no `-y`? It worked without.

## Fix now
`apt-get install -y`.

## Workaround
`docker build` with the old base image.

## Prevent
`RUN echo 'APT::Get::Assume-Yes "true";' > /etc/apt/apt.conf.d/90yes` in your base image.

## Validate
`docker build --no-cache .` goes through.

## Bad
```dockerfile finding=2
FROM node:20
RUN apt-get update && apt-get install git
USER node
```

## Good
```dockerfile
FROM node:20
RUN apt-get update && apt-get -qy install git && apt-get install -qq curl
USER node
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.package import Call, calls
from auditor.views.docker.run import Run, runs

_YES = re.compile(r"Assume-Yes|APT::Get::Yes", re.IGNORECASE)
_ASKING = frozenset({"install", "remove", "upgrade", "dist-upgrade", "autoremove", "build-dep", "purge"})


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    each=runs,
    aliases="DS-0021 AVD-DS-0021 hadolint:DL3014",
    symptoms=(r"Do you want to continue\? \[Y/n\] Abort",),
)
def check(run: Run) -> Iterable[Fail]:
    text = run.script.text
    if _YES.search(text) or re.search(r"\byes\b[^|&;]*\|", text):
        return
    for call in calls(run):
        if call.family == "apt" and call.action in _ASKING and not _answered(call):
            if not _configured(run):
                said = f"{call.invocation.tool} {call.invocation.subcommand[0]} asks before it goes on, and nobody answers"
                yield Fail(call.where, said, "-y")
            return


def _answered(call: Call) -> bool:
    """Whether an option gives the answer; -qq implies -y."""
    quiet = sum(option.name.count("q") for option in call.invocation.options if not option.name.startswith("--"))
    level = [word.text for word in call.invocation.values("-q", "--quiet")]
    return call.flagged("y", "--yes", "--assume-yes", "--assume-no", "--force-yes") or quiet > 1 or "2" in level


def _configured(run: Run) -> bool:
    """Whether the file tells apt somewhere to answer by itself."""
    return any(_YES.search(other.value.text or "") for other in run.instruction.stage.inherited("RUN", "COPY"))
