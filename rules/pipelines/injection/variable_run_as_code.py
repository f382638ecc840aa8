"""A script runs a variable with a text from outside as code.

## Why it matters
As a variable, a title or a branch's name is only a value. `eval`, `bash -c "... $TITLE"` and `python -c` make code of it again.

## Five whys
1. Why did a title run as a command? The script handed it to `eval`, or into the text of another shell.
2. Why? The command line was put together as one text.
3. Why did quotes not help? They belong to the outer shell; the inner one reads the text anew.
4. Why may strangers choose the text? Titles, messages and names of branches are free.
5. Why was it not seen? The variable is quoted, as it should be.

## Fix now
Run the command directly, with the variable as an argument of its own; for another shell: `bash -c 'build "$1"' _ "$TITLE"`.

## Workaround
Check the text against a narrow pattern before (`[[ $NAME =~ ^[a-z0-9-]+$ ]] || exit 1`).

## Prevent
Use arrays for command lines that are put together.

## Validate
Cause a run with the title `$(id)`: the log shows the text.

## Bad
```gitlab
notify:
  script:
    - eval "./notify $CI_COMMIT_MESSAGE" # finding
```

```github
on: pull_request_target
permissions: {}
jobs:
  notify:
    runs-on: ubuntu-24.04
    steps:
      - run: bash -c "./notify $TITLE" # finding
        env:
          TITLE: ${{ github.event.pull_request.title }}
```

## Good
```gitlab
notify:
  script:
    - ./notify "$CI_COMMIT_MESSAGE"
    - bash -c './notify "$1"' _ "$CI_COMMIT_MESSAGE"
    - eval "$(ssh-agent -s)"
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.injection import Evaluated, evaluated


@rule(target=KINDS, each=evaluated, severity=Severity.HIGH, confidence=Confidence.FIRM, profile=Profile.GATE)
def check(found: Evaluated) -> Iterator[Fail]:
    yield Fail(found.where, f"${found.name} holds free text from outside, and is run as code", "an argument of its own")
