"""A step reads an output that the step before it never writes.

## Why it matters
An output that nobody writes is an empty text, not an error. The image is pushed as `app:`, the stack is deployed with an empty
parameter, or a condition is never true, and the mistake shows somewhere else.

## Five whys
1. Why did the deployment fail with *invalid reference format*? The tag was empty.
2. Why? It was taken from an output that has no value.
3. Why has it none? The step writes an output of another name.
4. Why did nobody see it? GitHub does not know which outputs a script writes, and says nothing.

## Fix now
Correct the name where it is read (or written) and run the workflow again.

## Workaround
None needed: the name is one word.

## Prevent
Fail early where a value must be there: `: "${TAG:?no tag}"` as the first line of the script that uses it.

## Validate
`echo "tag=$TAG"` in the step that reads it prints the value.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: |
          echo "tag=1.4" >> "$GITHUB_OUTPUT"
          echo "date=today" >> "$GITHUB_OUTPUT"
      - run: docker push "app:$TAG"
        env:
          TAG: ${{ steps.meta.outputs.tagg }} # finding
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
          echo "tag=1.4" >> "$GITHUB_OUTPUT"
          {
            echo "notes<<END"
            cat notes.md
            echo END
          } >> "$GITHUB_OUTPUT"
      - id: script
        run: ./write-outputs.sh
      - id: dynamic
        run: echo "$NAME=1" >> "$GITHUB_OUTPUT"
      - run: docker push "app:${{ steps.meta.outputs.tag }}"
        env:
          NOTES: ${{ steps.meta.outputs.notes }}
          OTHER: ${{ steps.script.outputs.anything }}
          MORE: ${{ steps.dynamic.outputs.anything }}
          DONE: ${{ steps.meta.outcome }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.mentions import mentions
from auditor.views.github.names import closest
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.outputs import outputs_of


@rule(
    target="github_workflow github_action",
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"invalid reference format", r"invalid tag"],
)
def check(job: Job) -> Iterator[Fail]:
    steps = {step.id.text.lower(): step for step in job.steps if step.id.text and step.script}
    for part in (*(step.where for step in job.steps), job.outputs):
        for mention in mentions(part):
            names = mention.path
            if len(names) != 4 or names[0] != "steps" or names[2] != "outputs" or names[1] not in steps:
                continue
            written = outputs_of(steps[names[1]])
            if written is not None and names[3] not in written:
                near = closest(names[3], written)
                wrote = f"writes {', '.join(sorted(written))}" if written else "writes no output"
                meant = f", {near} was meant" if near else ""
                yield Fail(mention.where, f"the step {names[1]} never writes {names[3]}{meant}", f"an output that it writes ({wrote})")
