"""A job hands on an output that holds a secret, and GitHub drops it.

## Why it matters
GitHub searches outputs of jobs for values that are masked and empties them: *Skip output 'image' since it may contain secret*, as a
warning only. The job that gets the output deploys an image without a name.

## Five whys
1. Why does the deployment name no image? The output that it reads is empty.
2. Why? GitHub dropped it, since it holds a secret.
3. Why does it? The registry's address comes from a secret, and the output holds the whole name of the image.
4. Why was it not seen? The warning stands in another job, and inside of one job the value is there.

## Fix now
Hand on the tag or digest only, and put the name together in the job that needs it.

## Workaround
Take the value from a variable (`vars.REGISTRY`), which is not masked.

## Prevent
Keep in secrets only what is secret: account ids and addresses of registries are variables.

## Validate
No *Skip output* in the log of the job that gives the output.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    outputs:
      image: ${{ steps.meta.outputs.image }} # finding
    steps:
      - id: meta
        run: echo "image=${{ secrets.REGISTRY }}/web:${{ github.sha }}" >> "$GITHUB_OUTPUT"
  deploy:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl set image deployment/web "web=${{ needs.build.outputs.image }}"
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    outputs:
      tag: ${{ steps.meta.outputs.tag }}
      set: ${{ steps.meta.outputs.set }}
    steps:
      - id: meta
        run: |
          echo "tag=${{ github.sha }}" >> "$GITHUB_OUTPUT"
          echo "set=${{ secrets.REGISTRY != '' }}" >> "$GITHUB_OUTPUT"
          echo "image=${{ secrets.REGISTRY }}/web" >> "$GITHUB_OUTPUT"
  deploy:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl set image deployment/web "web=registry.example.com/web:${{ needs.build.outputs.tag }}"
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.mentions import mentions
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, Step, given
from auditor.views.pipeline.reading import entries, field
from auditor.views.pipeline.shell import commands
from auditor.views.shell.environment_file import entries as written


@rule(
    target="github_workflow",
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"Skip output '\S+' since it may contain secret"],
)
def check(job: Job) -> Iterator[Fail]:
    steps = {step.id.text.lower(): step for step in job.steps if step.id.text}
    for name, value in entries(job.outputs):
        for mention in mentions(value, flowing=True):
            path = mention.path
            if path[0] == "secrets" and path[1:2] != ("github_token",):
                yield Fail(mention.where, f"the output {name} holds a secret, so GitHub empties it", "an output without secrets")
            elif len(path) == 4 and path[0] == "steps" and path[2] == "outputs" and path[1] in steps:
                secret = _secret_in(steps[path[1]], path[3])
                if not secret:
                    continue
                message = f"the output {name} holds the secret {secret}, so GitHub empties it"
                yield Fail(mention.where, message, "an output without secrets")


def _secret_in(step: Step, output: str) -> str:
    """The secret that an output is written with, in the script itself or in a variable of the step; empty when there is none."""
    made = commands(step)
    if made is None:
        return ""
    for entry in written(made.tree, "GITHUB_OUTPUT").found:
        if entry.name.lower() != output:
            continue
        text = made.at(entry.start, entry.end)
        direct = [it.path[1] for it in mentions(text, flowing=True) if it.path[0] == "secrets" and len(it.path) > 1]
        for part in entry.value:
            table = step.variables
            value = field(table, part.name) if part.name and not part.operator else table
            if part.name and not part.operator and given(value):
                direct += [it.path[1] for it in mentions(value, flowing=True) if it.path[0] == "secrets" and len(it.path) > 1]
        found = [it for it in direct if it != "github_token"]
        if found:
            return found[0].upper()
    return ""
