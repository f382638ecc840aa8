"""A pipe hides the failure of a command.

## Why it matters
A pipe ends as its last command does. When `curl` cannot reach the server, `tar` or `sh` gets nothing, may be content with it, and the
layer without the program is cached.

## Five whys
1. Why is the program not in the image? The download had failed.
2. Why did the build go on? The pipe reported success.
3. Why? `/bin/sh -c` does not set pipefail.

## Fix now
`SHELL ["/bin/bash", "-o", "pipefail", "-c"]` before the RUN, or `RUN set -o pipefail && ...` where the shell knows it (bash, busybox).

## Workaround
Download to a file first: `curl -fsSLo x.tgz URL && tar xzf x.tgz`.

## Prevent
Put the SHELL instruction into your base image.

## Validate
With a wrong address the build stops.

## Bad
```dockerfile finding=2
FROM debian:12
RUN curl -fsSL https://example.com/x.tgz | tar xz -C /opt
USER 1000
```

## Good
```dockerfile
FROM debian:12
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN curl -fsSL https://example.com/x.tgz | tar xz -C /opt
RUN echo a | tee b
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell.failure import fate

_WORK = frozenset(
    {
        "curl",
        "wget",
        "git",
        "tar",
        "gzip",
        "gunzip",
        "xz",
        "unzip",
        "gpg",
        "pip",
        "pip3",
        "npm",
        "yarn",
        "pnpm",
        "go",
        "make",
        "cargo",
        "mvn",
    }
    | {
        "gradle",
        "dotnet",
        "bundle",
        "composer",
        "aws",
        "gsutil",
        "az",
        "openssl",
        "apt-get",
        "apk",
        "dnf",
        "yum",
        "cmake",
        "python3",
        "python",
    }
)


@rule(
    target="dockerfile",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    each=runs,
    aliases="hadolint:DL4006",
)
def check(run: Run) -> Iterable[Fail]:
    for command in run.script.commands:
        hidden = fate(command)
        if command.name in _WORK and hidden.noticed is False and hidden.reason == "pipe" and hidden.by is not None:
            yield Fail(
                run.part(command.start, command.end), f"a failure of {command.name} is not noticed, since the pipe ends well", "pipefail"
            )
            return
