"""A stage uses an argument that it does not declare.

## Why it matters
An ARG above the first FROM holds for the FROM lines only. In a stage it is an empty text, and nothing warns: the download goes to
`v/app.tgz`, the label is empty, the check compares with nothing.

## Five whys
1. Why does the download get a 404? The version in its address is empty.
2. Why? `ARG VERSION` stands above FROM.
3. Why is that not enough? Each stage starts without arguments.

## Fix now
Declare it again in the stage, without a value: `ARG VERSION`.

## Workaround
`ENV VERSION=1.2` in the stage.

## Prevent
`docker build --check` reports `UndefinedVar`.

## Validate
`RUN echo "$VERSION"` prints it.

## Bad
```dockerfile finding=3
ARG VERSION=1.27
FROM nginx:${VERSION}
LABEL version=$VERSION
RUN echo "${VERSION}" > /version
USER 1000
```

## Good
```dockerfile
ARG VERSION=1.27
FROM nginx:${VERSION} AS base
ARG VERSION
LABEL version=$VERSION

FROM base
RUN echo "${VERSION}" > /version
USER 1000
```

```dockerfile
ARG V=1
FROM nginx:$V
RUN V=2; echo $V ${V:-3}
USER 1000
```
"""

from collections.abc import Iterable, Iterator

from auditor.sdk import Fail, Resource, Severity, rule
from auditor.views.docker.dockerfile import Instruction, Stage, names_in, stages
from auditor.views.docker.run import run_of
from auditor.views.shell.variables import assignments, reads

_EVALUATED = frozenset({"COPY", "ADD", "ENV", "LABEL", "WORKDIR", "USER", "EXPOSE", "VOLUME", "STOPSIGNAL", "RUN"})


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=stages,
)
def check(stage: Stage, resource: Resource) -> Iterable[Fail]:
    top = {argument.at("name").text or "" for argument in resource.each("arguments")}
    if not top:
        return
    known: set[str] = set()
    for instruction in stage.inherited(*_EVALUATED, "ARG"):
        if instruction.stage.number == stage.number and instruction.keyword in _EVALUATED:
            for name, offset in _used(instruction):
                if name in top and name not in known:
                    where = instruction.value.part(offset, offset + len(name) + 1)
                    yield Fail(where, f"{name} is declared before the first FROM only, so it is empty here", f"ARG {name} in this stage")
                    known.add(name)
        if instruction.keyword in ("ARG", "ENV"):
            known |= {name for name, _, _ in instruction.entries}


def _used(instruction: Instruction) -> Iterator[tuple[str, int]]:
    """(name, offset) of the variables that an instruction reads, those aside that its script sets or guards."""
    text = instruction.value.text or ""
    if instruction.keyword != "RUN":
        yield from ((name, offset) for name, offset, guarded in names_in(text) if not guarded)
        return
    run = run_of(instruction)
    if not run.exact or run.text.span != instruction.value.span:
        return
    own = {it.name for it in assignments(run.script)}
    yield from ((read.name, read.start) for read in reads(run.script) if not read.guard and read.name not in own)
