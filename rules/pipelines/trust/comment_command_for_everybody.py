"""A comment starts a job with rights, whoever wrote the comment.

## Why it matters
`issue_comment` starts for the comments of everybody, with the repository's secrets and token. A command such as `/deploy` that is looked
for in the text only can be given by any account.

## Five whys
1. Why could a stranger start a deployment? A comment with the command was enough.
2. Why? The condition looks at the text of the comment, not at who wrote it.
3. Why are strangers' comments answered at all? The event is sent for all comments on public repositories.
4. Why was it thought safe? Only the team knew the command.
5. Why is that not so? The workflow is public, and so are earlier comments.

## Fix now
Ask for the author too: `contains(fromJSON('["OWNER", "MEMBER", "COLLABORATOR"]'), github.event.comment.author_association)`.

## Workaround
Check the author's permission in a first step and stop (`gh api repos/{owner}/{repo}/collaborators/{user}/permission`).

## Prevent
Give jobs of this event `permissions` one by one, and put deployments behind an environment with reviewers.

## Validate
Comment from an account without rights: the job is skipped.

## Bad
```github
on: issue_comment
jobs:
  deploy:
    if: contains(github.event.comment.body, '/deploy') # finding
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }}
```

## Good
```github
on: issue_comment
jobs:
  deploy:
    if: contains(github.event.comment.body, '/deploy') && github.event.comment.author_association == 'MEMBER'
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.deployment import seems_deploy
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.strangers import asks_who, has_power, uses_secrets


@rule(target="github_workflow", each=jobs, severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(job: Job) -> Iterator[Fail]:
    text = job.condition.value
    if job.pipeline.on("issue_comment") is None or not isinstance(text, str) or "comment.body" not in text.lower():
        return
    if has_power(job) and not asks_who(job) and not given(job.environment) and (uses_secrets(job) or seems_deploy(job)):
        yield Fail(job.condition, "anybody can write a comment that starts this job", "a condition on who wrote the comment")
