"""A variable switches the check of certificates off.

## Why it matters
An ENV holds for every process in the container, at run time too: the program then talks to whoever answers. One of a RUN holds for the
downloads of the build.

## Five whys
1. Why did the service send tokens to a stranger? It did not check whom it talked to.
2. Why not? `NODE_TLS_REJECT_UNAUTHORIZED=0` was set.
3. Why? A build behind a proxy failed once.

## Fix now
Remove the variable. For an authority of your own: `NODE_EXTRA_CA_CERTS`, `PIP_CERT`, `GIT_SSL_CAINFO`, `REQUESTS_CA_BUNDLE`.

## Workaround
Override it at run time: `docker run -e NODE_TLS_REJECT_UNAUTHORIZED=1`.

## Prevent
A base image of your own with the authority in it.

## Validate
`docker inspect --format {{.Config.Env}} IMAGE` does not name it.

## Bad
```dockerfile finding=2,3,4,5,6
FROM node:20
ARG GIT_SSL_NO_VERIFY=1
ENV A=1 NODE_TLS_REJECT_UNAUTHORIZED=0
ARG PYTHONHTTPSVERIFY 0
RUN export PIP_TRUSTED_HOST=pypi.org && pip install flask
RUN NPM_CONFIG_STRICT_SSL=false npm ci
USER node
```

## Good
```dockerfile
FROM node:20
ARG GIT_SSL_NO_VERIFY
ENV A=1 NODE_TLS_REJECT_UNAUTHORIZED=1 PIP_TRUSTED_HOSTS=x
RUN unset GIT_SSL_NO_VERIFY && echo NPM_CONFIG_STRICT_SSL=false
USER node
```
"""

from collections.abc import Iterable, Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.docker.dockerfile import Instruction, variables
from auditor.views.docker.run import Run, runs
from auditor.views.shell.walk import assignments

_ALWAYS = {"GIT_SSL_NO_VERIFY", "PIP_TRUSTED_HOST"}
_VALUES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": ("0",),
    "PYTHONHTTPSVERIFY": ("0",),
    "NPM_CONFIG_STRICT_SSL": ("false", "0"),
    "YARN_STRICT_SSL": ("false", "0"),
    "YARN_ENABLE_STRICT_SSL": ("false", "0"),
    "GOINSECURE": (),
}


def written(instruction: Instruction) -> Iterable[Fail]:
    """In ENV and ARG; `ARG NAME 0` declares two arguments, but is meant as one with a value."""
    entries = instruction.entries
    if instruction.keyword == "ARG" and len(entries) == 2 and all(value.missing for _, value, _ in entries):
        if not entries[1][0].isidentifier() and _off(entries[0][0], entries[1][0]):
            yield Fail(entries[0][2], f"{entries[0][0]} is to switch the check of certificates off", "checked certificates")
        return
    for name, value, entry in entries:
        if value.present and _off(name, value.text or ""):
            yield Fail(entry, f"{name} switches the check of certificates off", "checked certificates")


def run(place: Run) -> Iterable[Fail]:
    """In a script."""
    for statement in place.script.statements:
        for it in assignments(statement):
            if it.scope != "read" and it.value is not None and _off(it.name, it.value.literal):
                yield Fail(place.part(it.start, it.end), f"{it.name} switches the check of certificates off", "checked certificates")
                return


def _off(name: str, value: str | None) -> bool:
    """Whether a variable of this value (None: not known) switches it off."""
    upper = name.upper() if name.lower().startswith("npm_config") else name
    return upper in _ALWAYS or (value is not None and value.lower() in _VALUES.get(upper, ()))


def places(resource: Resource, graph: Graph) -> Iterator[Instruction | Run]:
    yield from variables(resource, graph)
    yield from runs(resource, graph)


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=places,
    aliases="CKV2_DOCKER_5 CKV2_DOCKER_6 CKV2_DOCKER_12 CKV2_DOCKER_14 CKV2_DOCKER_16",
)
def check(place: Instruction | Run) -> Iterable[Fail]:
    yield from written(place) if isinstance(place, Instruction) else run(place)
