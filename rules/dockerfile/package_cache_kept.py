"""yum, dnf or zypper leaves its cache in the image.

## Why it matters
Lists and packages of some hundred megabytes stay in the layer. Removing them in a later RUN does not make the image smaller.

## Five whys
1. Why is the image so large? A layer holds the cache of the package manager.
2. Why? Nothing cleans it in the RUN that filled it.
3. Why not? On a machine it does not matter.

## Fix now
`RUN dnf install -y NAME && dnf clean all`.

## Workaround
`docker build --squash`, or copy the files into a clean stage.

## Prevent
`RUN --mount=type=cache,target=/var/cache/dnf dnf install -y NAME`.

## Validate
`docker history IMAGE` shows the size of the layer.

## Bad
```dockerfile finding=2
FROM registry.access.redhat.com/ubi9:9.4
RUN dnf install -y git
USER 1000
```

```dockerfile finding=2
FROM registry.suse.com/bci/bci-base:15.6
RUN zypper clean && zypper -n install git
USER 1000
```

## Good
```dockerfile
FROM registry.access.redhat.com/ubi9:9.4
RUN dnf install -y git && dnf clean all
RUN yum -y install make && rm -rf /var/cache/yum
RUN --mount=type=cache,target=/var/cache/dnf dnf install -y jq
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.package import calls
from auditor.views.docker.run import Run, runs

_FOLDERS = {
    "yum": "/var/cache/yum",
    "dnf": "/var/cache/dnf",
    "microdnf": "/var/cache/",
    "tdnf": "/var/cache/tdnf",
    "zypper": "/var/cache/zypp",
}


@rule(
    target="dockerfile",
    severity=Severity.LOW,
    each=runs,
    aliases="DS-0015 AVD-DS-0015 DS-0019 AVD-DS-0019 DS-0020 AVD-DS-0020 DS-0027 AVD-DS-0027 hadolint:DL3032 hadolint:DL3040",
)
def check(run: Run) -> Iterable[Fail]:
    found = list(calls(run))
    mounts = " ".join(mount.text or "" for mount in run.instruction.flag("mount").each())
    for family, folder in _FOLDERS.items():
        own = [call for call in found if call.family == family]
        installs = [index for index, call in enumerate(own) if call.action in ("install", "update", "upgrade")]
        cleans = [index for index, call in enumerate(own) if call.action == "clean"]
        if not any(call.action == "install" for call in own) or folder in mounts or "/var/cache" in run.script.text:
            continue
        if not cleans or cleans[-1] < installs[-1]:
            yield Fail(own[installs[0]].where, f"{family} keeps what it downloads in the image", f"{family} clean all in the same RUN")
