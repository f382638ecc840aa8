"""A job reads secrets of the repository without an environment.

## Why it matters
Secrets of the repository are open to every workflow on every branch: whoever may push a branch can read them. Those of an environment are
given only after its rules: certain branches, reviewers, a waiting time.

## Five whys
1. Why could a member without admin rights read the key? A branch with a changed workflow was enough.
2. Why was that enough? The key is a secret of the repository.
3. Why not of an environment? The job names none.
4. Why? A secret of the repository is set up in one step.
5. Why does it matter? Protection of branches does not protect secrets.

## Fix now
Create an environment with rules (branches, reviewers), move the secret there, and name it at the job: `environment: production`.

## Workaround
Limit who may push branches.

## Prevent
Keep secrets that change something outside in environments.

## Validate
A run on a branch that the environment does not allow is refused.

## Bad
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }} # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    environment: production
    steps:
      - run: ./deploy
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }}
          READ: ${{ secrets.GITHUB_TOKEN }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.mentions import mentions
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given


@rule(
    target="github_workflow",
    each=jobs,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="zizmor:secrets-outside-env",
)
def check(job: Job) -> Iterator[Fail]:
    if given(job.environment) or job.pipeline.on("workflow_call") or job.uses is not None:
        return
    seen: set[str] = set()
    for mention in mentions(job.where):
        name = mention.path[1] if len(mention.path) > 1 else ""
        if mention.path[0] == "secrets" and name != "github_token" and name not in seen:
            seen.add(name)
            yield Fail(mention.where, "a secret is read that every branch can read", "an environment with rules")
