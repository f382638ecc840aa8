"""A RUN goes on after a command that failed.

## Why it matters
A RUN fails only as its last command does. After `;`, and in a heredoc without `set -e`, the failure of a download or a build is
forgotten, and the broken layer is cached.

## Five whys
1. Why does the container not start? `executable file not found`.
2. Why is it missing? `make` failed during the build.
3. Why was the build green? `; rm -rf /src` came after it and succeeded.

## Fix now
Join the commands with `&&`; begin a heredoc with `set -e`.

## Workaround
`docker build --no-cache --progress=plain .`, and read the log.

## Prevent
`SHELL ["/bin/bash", "-euo", "pipefail", "-c"]` in your base image.

## Validate
Put `false` in place of the command: the build stops.

## Bad
```dockerfile finding=2
FROM debian:12
RUN make install; rm -rf /src
USER 1000
```

```dockerfile finding=3
FROM debian:12
RUN <<EOF
apt-get update
apt-get install -y git
echo done
EOF
USER 1000
```

## Good
```dockerfile
FROM debian:12
RUN set -e; make install; rm -rf /src
RUN make install && rm -rf /src
RUN <<EOF
set -e
apt-get update
apt-get install -y git
EOF
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell.failure import fate

_WORK = frozenset(
    {
        "apt-get",
        "apt",
        "apk",
        "yum",
        "dnf",
        "microdnf",
        "zypper",
        "pip",
        "pip3",
        "npm",
        "yarn",
        "pnpm",
        "go",
        "cargo",
        "mvn",
        "gradle",
        "make",
    }
    | {"cmake", "curl", "wget", "git", "tar", "unzip", "gem", "bundle", "composer", "dotnet", "poetry", "uv", "python", "python3", "gcc"}
)


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=runs,
    symptoms=(
        r"exec: .*: executable file not found in \$PATH",
        r"OCI runtime create failed: .*no such file or directory",
    ),
)
def check(run: Run) -> Iterable[Fail]:
    for command in run.script.commands:
        hidden = fate(command)
        if command.name in _WORK and hidden.noticed is False and hidden.reason == "next":
            yield Fail(
                run.part(command.start, command.end), f"when {command.name} fails, the RUN goes on, and may end well", "&&, or set -e"
            )
            return
