"""An image is pushed before the job has logged in to the registry.

## Why it matters
The push ends with *denied* or *unauthorized* after the whole build has run. Nothing new is in the registry, and what is deployed
afterwards is the old image.

## Five whys
1. Why was the push refused? The job was not logged in.
2. Why not? The login stands after the push.
3. Why? Steps were put in another order, and all of them are still there.
4. Why was it not seen? Pushes only run after the merge.

## Fix now
Move the login in front of the push and run the job again.

## Workaround
Push from a machine that is logged in.

## Prevent
Log in in the first steps of the job.

## Validate
The log shows *Login Succeeded* before the first *Pushed*.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: docker build -t ghcr.io/shop/web:${{ github.sha }} .
      - run: docker push ghcr.io/shop/web:${{ github.sha }} # finding
      - uses: docker/login-action@v3
        with: {registry: ghcr.io, username: me, password: '${{ secrets.GITHUB_TOKEN }}'}
```

```gitlab
push:
  script:
    - docker build -t $CI_REGISTRY_IMAGE:$CI_COMMIT_SHA .
    - docker push $CI_REGISTRY_IMAGE:$CI_COMMIT_SHA # finding
    - docker login -u $CI_REGISTRY_USER -p $CI_REGISTRY_PASSWORD $CI_REGISTRY
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/login-action@v3
        with: {registry: ghcr.io, username: me, password: '${{ secrets.GITHUB_TOKEN }}'}
      - run: docker push ghcr.io/shop/web:${{ github.sha }}
  two:
    runs-on: ubuntu-24.04
    steps:
      - uses: ./.github/actions/login
      - run: docker push ghcr.io/shop/web:1
      - run: docker login registry.example.com
      - run: docker push registry.example.com/shop/web:1
  local:
    runs-on: ubuntu-24.04
    steps:
      - run: docker push localhost:5000/web:1
      - run: docker login registry.example.com
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.builds import pushes_of
from auditor.views.pipeline.model import Job, Step
from auditor.views.pipeline.shell import calls, commands

_LOGGING_IN = ("login", "auth", "credential", "registry", "setup-buildx", "docker")


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"denied: requested access to the resource is denied",
        r"unauthorized: authentication required",
        r"no basic auth credentials",
    ],
)
def check(job: Job) -> Iterator[Fail]:
    for step in job.steps:
        here = [call.start for call in calls(step) if _logs_in(call.tool, call.subcommand, call.words[0].text if call.words else "")]
        made = commands(step)
        for name in pushes_of(step):
            first = made.tree.text.find(name.text) if made else 0
            if any(start < first for start in here) or name.text.startswith(("localhost", "127.0.0.1")):
                continue
            if (here and made) or any(_is_login(it) for it in step.after):
                yield Fail(name.where, f"{name.text} is pushed before the job logs in", "the login before the push")
                return
        if _may_log_in(step):
            return


def _is_login(step: Step) -> bool:
    return step.calls("docker/login-action") or any(call.is_("docker", "login") for call in calls(step))


def _may_log_in(step: Step) -> bool:
    if step.uses is not None and step.script is None:
        name = step.uses.name.lower()
        return (step.uses.local and not step.calls("checkout")) or any(word in name for word in _LOGGING_IN)
    return any(_logs_in(call.tool, call.subcommand, call.words[0].text if call.words else "") for call in calls(step))


def _logs_in(tool: str, subcommand: tuple[str, ...], first: str) -> bool:
    """Whether a command logs in, or is a script that may."""
    return (
        "login" in subcommand or "configure-docker" in subcommand or "/" in first or tool in ("make", "source", ".", "$", "", "cp", "mkdir")
    )
