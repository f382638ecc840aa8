"""An artifact holds the token that a checkout left in the folder.

## Why it matters
The folder `.git` holds the token of the job, and the artifact is taken of the whole folder with hidden files. Whoever downloads it while
the job still runs can push with the token.

## Five whys
1. Why could a stranger push? The token was in an artifact.
2. Why? The artifact is the whole folder of the repository, hidden files included.
3. Why is the token there? The checkout stores it for git.
4. Why the whole folder? It was the shortest path.
5. Why was it not noticed? An artifact is a zip that nobody opens.

## Fix now
Set `persist-credentials: false` at the checkout, and name the files of the artifact.

## Workaround
Delete the artifacts; the token itself ends with its job.

## Prevent
Upload only folders that the build made.

## Validate
The artifact has no `.git`.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4 # finding
      - uses: actions/upload-artifact@v4
        with:
          path: .
          include-hidden-files: true
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/upload-artifact@v4
        with:
          path: .
          include-hidden-files: true
  other:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: actions/upload-artifact@v4
        with:
          path: .
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.github.checkouts import keeps_token_in_folder, uploads_folder
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step


@rule(
    target="github_workflow",
    each=steps,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
    aliases="zizmor:artipacked",
)
def check(step: Step) -> Iterator[Fail]:
    if step.uses is None or not keeps_token_in_folder(step):
        return
    upload = next((later for later in step.after if later.uses is not None and uploads_folder(later)), None)
    if upload is not None and upload.uses is not None:
        yield Fail(step.uses.where, "the token lies in .git, and the artifact holds it", related=(upload.uses.where,))
