r"""An output of several lines is written like one of a single line.

## Why it matters
`name=value` ends at the line break. The lines after the first are read as outputs of their own: mostly the step fails with *Invalid
format*, sometimes a line that looks like `name=value` overwrites another output.

## Five whys
1. Why did the step fail with *Invalid format*? A line of the file is no `name=value`.
2. Why not? It is the second line of a text.
3. Why does the text have several? The command prints one line for each file or commit.
4. Why did it work before? There was only one.

## Fix now
Write it between markers: `{ echo 'name<<END'; command; echo END; } >> "$GITHUB_OUTPUT"`.

## Workaround
Put the lines into one: `command | tr '\n' ' '`.

## Prevent
Use a marker for whatever a command prints (with a random name, if strangers can influence the text).

## Validate
Run the step on a change of two files.

## Bad
```github
on: push
jobs:
  changes:
    runs-on: ubuntu-24.04
    steps:
      - id: files
        run: echo "list=$(git diff --name-only HEAD~1)" >> "$GITHUB_OUTPUT" # finding
```

## Good
```github
on: push
jobs:
  changes:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "list=$(git diff --name-only HEAD~1 | xargs)" >> "$GITHUB_OUTPUT"
      - run: echo "subject=$(git log -1 --format=%s)" >> "$GITHUB_OUTPUT"
      - run: |
          {
            echo 'list<<END'
            git diff --name-only HEAD~1
            echo END
          } >> "$GITHUB_OUTPUT"
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands
from auditor.views.shell.environment_file import entries
from auditor.views.shell.tree import Command, Part, PartKind

_SEVERAL = {
    ("git", "diff", "--name-only"): (),
    ("git", "diff", "--name-status"): (),
    ("git", "ls-files"): (),
    ("git", "log"): ("-1", "-n1", "--max-count=1", "-n"),
    ("find",): ("-quit",),
}
"""Commands that print one line for each thing that they find -> words with which they print one only."""


@rule(
    target="github_workflow github_action",
    each=steps,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[
        r"Invalid format '",
        r"Unable to process file command 'output' successfully",
        r"Unable to process file command 'env' successfully",
    ],
)
def check(step: Step) -> Iterator[Fail]:
    made = commands(step)
    for variable in ("GITHUB_OUTPUT", "GITHUB_ENV"):
        for entry in entries(made.tree, variable).found if made else ():
            command = next((text for part in entry.value if (text := _several(part))), "")
            if made and command and not entry.heredoc:
                where = made.at(entry.statement.start, entry.statement.end)
                yield Fail(where, f"{command} prints several lines, and name=value holds one", "name<<END ... END")


def _several(part: Part) -> str:
    body = part.body.items if part.kind is PartKind.COMMAND and part.body else ()
    command = body[-1] if len(body) == 1 else None
    if not isinstance(command, Command):
        return ""
    words = command.argv
    for start, exceptions in _SEVERAL.items():
        if words[: len(start)] == start and not any(word.startswith(it) for word in words for it in exceptions):
            return " ".join(start)
    return ""
