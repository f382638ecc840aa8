"""A list that is not JSON is run by a shell.

## Why it matters
The exec form is JSON: double quotes, no comma at the end. Anything else is taken for a command line, and the container ends with
`/bin/sh: [node,: not found`.

## Five whys
1. Why does the container end at once? `/bin/sh: 1: [node,: not found`.
2. Why is there a shell? The list was not read as one.
3. Why not? It is written with single quotes.

## Fix now
`CMD ["node", "server.js"]`.

## Workaround
Set `command` in the manifest, or `docker run IMAGE node server.js`.

## Prevent
Run the image in the pipeline before it is released.

## Validate
`docker inspect --format "{{json .Config.Cmd}}" IMAGE` shows the words, and no `/bin/sh`.

## Bad
```dockerfile finding=3,4
FROM node:20
USER node
ENTRYPOINT ["node", "a.js",]
CMD ['node', 'server.js']
```

## Good
```dockerfile
FROM node:20
RUN [ -f /a ] || touch /a
USER node
CMD ["node", "server.js"]
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.docker.dockerfile import Instruction, instructions

_LIST = re.compile(r"\[\s*(?:['\"\u201c\u201d][^\n]*)?\]\s*;?$")


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=instructions,
    symptoms=(
        r"/bin/sh: (?:1: )?\[.*: not found",
        r"/bin/sh: (?:line )?\d*:? ?\[.*: command not found",
    ),
)
def check(instruction: Instruction) -> Iterable[Fail]:
    if instruction.keyword not in ("CMD", "ENTRYPOINT", "RUN", "HEALTHCHECK", "SHELL") or instruction.form != "shell":
        return
    if _LIST.match((instruction.value.text or "").strip()):
        yield Fail(instruction.value, "this list is not JSON, so a shell gets it as a command", "double quotes, commas between all items")
