"""A job downloads an artifact that no job before it uploads.

## Why it matters
The download fails with *Artifact not found for name*, or, when the upload is in a job that runs side by side, now and then: whichever
is faster decides. The deployment stands still, or deploys what an earlier attempt has left.

## Five whys
1. Why did the deployment fail with *Artifact not found*? There was no artifact of that name yet.
2. Why not? No job that had ended by then uploads it.
3. Why does the downloading job not wait? The uploading job is missing in its `needs`, or uploads under another name.
4. Why did it work before? The upload happened to be faster.

## Fix now
Correct the name, or add the uploading job to `needs`, and run the workflow again.

## Workaround
Run the failed job again once the upload is there (`gh run rerun RUN_ID --failed`).

## Prevent
`if-no-files-found: error` at the upload, one name for each artifact, and `needs` for everything that is downloaded.

## Validate
`gh run view RUN_ID` lists the artifact, and the downloading job starts after the uploading one.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/upload-artifact@v4
        with: {name: dist, path: dist}
  docs:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/upload-artifact@v4
        with: {name: docs, path: docs}
  deploy:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/download-artifact@v4
        with: {name: distribution} # finding
      - uses: actions/download-artifact@v4
        with: {name: docs} # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/upload-artifact@v4
        with: {name: dist, path: dist}
      - uses: actions/upload-artifact@v4
        with: {path: report}
      - uses: actions/download-artifact@v4
        with: {name: dist}
  middle:
    needs: build
    runs-on: ubuntu-24.04
    steps: [{run: make}]
  deploy:
    needs: middle
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/download-artifact@v4
        with: {name: dist}
      - uses: actions/download-artifact@v4
        with: {name: artifact}
      - uses: actions/download-artifact@v4
      - uses: actions/download-artifact@v4
        with: {name: other, run-id: 12, github-token: x}
```

A matrix or a called workflow may upload under any name:

```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    strategy: {matrix: {os: [a, b]}}
    steps:
      - uses: actions/upload-artifact@v4
        with: {name: 'dist-${{ matrix.os }}', path: dist}
  deploy:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/download-artifact@v4
        with: {name: dist-a}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.artifacts import Artifact, downloads, uploads
from auditor.views.pipeline.model import Pipeline


@rule(
    target="github_workflow",
    each=pipelines,
    severity=Severity.HIGH,
    symptoms=[r"Artifact not found for name", r"Unable to find any artifacts"],
)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    there = list(uploads(pipeline))
    if pipeline.only_called or any(it.name is None for it in there) or any(job.uses for job in pipeline.jobs):
        return
    for wanted in downloads(pipeline):
        if wanted.name is None:
            continue
        same = [it for it in there if it.name == wanted.name]
        if not same:
            names = ", ".join(sorted({it.name or "" for it in there})) or "nothing"
            yield Fail(wanted.where, f"no job of this workflow uploads {wanted.name}", f"an artifact that is uploaded ({names})")
        elif not any(_before(it, wanted) for it in same):
            job = same[0].step.job.key
            message = f"{wanted.name} is uploaded by {job}, which may still run: the job does not wait for it"
            yield Fail(wanted.where, message, f"{job} in needs", related=(same[0].where,))


def _before(upload: Artifact, download: Artifact) -> bool:
    mine, theirs = download.step.job, upload.step.job
    return theirs in mine.upstream or (mine is theirs and upload.step.index < download.step.index)
