"""A variable is used in the ENV that sets it.

## Why it matters
All variables of one ENV are replaced before any of them is set. `ENV HOME=/app PATH=$HOME/bin:$PATH` uses the old HOME, or nothing.

## Five whys
1. Why is the program not in the path? The path begins with `/bin`.
2. Why? `$APP` was empty when it was replaced.
3. Why? It is set in the same instruction.

## Fix now
Two ENV instructions, one after the other.

## Workaround
Write the value out.

## Prevent
`docker build --check` reports `UndefinedVar` where the variable has no older value.

## Validate
`docker inspect --format {{.Config.Env}} IMAGE`.

## Bad
```dockerfile finding=2
FROM alpine:3.20
ENV APP=/srv/app BIN=$APP/bin
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
ENV APP=/srv/app
ENV BIN=$APP/bin PATH=$APP/bin:$PATH
USER 1000
```
"""

from collections.abc import Iterable

from auditor.sdk import Fail, Severity, rule
from auditor.views.docker.dockerfile import Instruction, instructions, names_in


@rule(
    target="dockerfile",
    severity=Severity.MEDIUM,
    each=instructions,
    aliases="hadolint:DL3044",
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword != "ENV":
        return
    before: set[str] = set()
    for name, _value, entry in instruction.entries:
        for used, _offset, _guarded in names_in(entry.at("written").text or ""):
            if used in before and used != name:
                yield Fail(entry, f"{name} gets the value that {used} had before this ENV", "an ENV of its own")
                break
        before.add(name)
