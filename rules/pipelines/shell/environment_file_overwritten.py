"""A script overwrites what it has written for the steps after it.

## Why it matters
`>` empties the file first: of several outputs only the last one arrives. The steps after it get empty texts, and an image without a tag
or a deployment without a target is what becomes of them.

## Five whys
1. Why does the deployment name no image? The output with its name is empty.
2. Why? The script wrote it, and then wrote over it.
3. Why? The second line uses `>` where `>>` was meant.
4. Why was that not seen? The step that writes is green; only the one that reads goes wrong.

## Fix now
Write `>>` in place of `>` and run the job again.

## Workaround
Write all outputs in one command: `{ echo a=1; echo b=2; } > "$GITHUB_OUTPUT"`.

## Prevent
Use `>>` everywhere, from the first line on.

## Validate
A step after it prints all outputs.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: |
          echo "image=web" >> "$GITHUB_OUTPUT"
          echo "tag=${GITHUB_SHA::7}" > "$GITHUB_OUTPUT" # finding
      - run: echo "${{ steps.meta.outputs.image }}"
```

```circleci
version: 2.1
jobs:
  build:
    docker: [{image: 'cimg/base:2026.01'}]
    steps:
      - run: echo 'export A=1' >> $BASH_ENV
      - run: echo 'export B=2' > $BASH_ENV # finding
workflows:
  main: {jobs: [build]}
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: |
          echo "image=web" > "$GITHUB_OUTPUT"
          echo "tag=${GITHUB_SHA::7}" >> "$GITHUB_OUTPUT"
      - run: echo "A=1" > "$GITHUB_ENV"
      - run: |
          if [ -f a ]; then
            echo "A=1" > "$GITHUB_ENV"
          else
            echo "A=2" > "$GITHUB_ENV"
          fi
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import KINDS, steps
from auditor.views.pipeline.earlier import earlier
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands
from auditor.views.shell.environment_file import Write, writes
from auditor.views.shell.tree import Case, If

_FILES = frozenset({"GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STATE", "BASH_ENV"})
_LASTING = frozenset({"BASH_ENV"})
"""Files that a job has once, not once for each step."""


@rule(target=KINDS, each=steps, severity=Severity.HIGH, symptoms=[r"invalid reference format"])
def check(step: Step) -> Iterator[Fail]:
    made = commands(step)
    lasting = earlier(step, _lasting)
    before: list[Write] = []
    for write in _written(step):
        lost = write.variable in lasting or any(it.variable == write.variable and not _alternative(it, write) for it in before)
        if made and not write.appends and lost:
            where = made.at(write.statement.start, write.statement.end)
            yield Fail(where, f"> empties ${write.variable}, to which something was written before", ">>")
        before.append(write)


def _written(step: Step) -> list[Write]:
    made = commands(step)
    return [it for it in writes(made.tree) if it.variable in _FILES] if made else []


def _lasting(step: Step) -> frozenset[str]:
    return frozenset(it.variable for it in _written(step)) & _LASTING


def _alternative(one: Write, other: Write) -> bool:
    """Whether only one of two writes may happen: they stand in branches."""
    branches = [{id(it) for it in write.statement.ancestors if isinstance(it, If | Case)} for write in (one, other)]
    return bool(branches[0] & branches[1])
