"""The role that a job logs in with does not trust the job's token.

## Why it matters
The subject of the identity token says from where it comes: `repo:acme/shop:ref:refs/heads/main` for a push, and
`repo:acme/shop:environment:production` as soon as the job names an environment. A trust policy that waits for the other form refuses:
*Not authorized to perform sts:AssumeRoleWithWebIdentity*. The deployment fails at its login.

## Five whys
1. Why can the job not log in? AWS refuses its token.
2. Why? The subject of the token does not fit the trust policy of the role.
3. Why not? The job names an environment, and the policy was written for a branch (or the other way round).
4. Why was that not seen in review? The two stand in different files, and each looks right.

## Fix now
Let the trust policy accept the subject of this job, in the role's `Condition`, and apply it.

## Workaround
Run the job from a ref, or with an environment, that the policy accepts.

## Prevent
Keep the role and its workflow in one change, and let jobs that deploy name an environment.

## Validate
`aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoleWithWebIdentity` shows the subject
that was refused.

## Bad
`.github/workflows/deploy.yml`:
```github
on:
  push:
    branches: [main]
permissions: {id-token: write}
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: arn:aws:iam::111122223333:role/deploy # finding
          aws-region: eu-west-1
```

`iam.tf`:
```hcl
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:acme/shop:ref:refs/heads/main" }
      }
    }]
  })
}
```

## Good
`.github/workflows/deploy.yml`:
```github
on:
  push:
    branches: [main]
permissions: {id-token: write}
jobs:
  deploy:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: {role-to-assume: 'arn:aws:iam::111122223333:role/deploy', aws-region: eu-west-1}
  other:
    environment: production
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: {role-to-assume: '${{ vars.ROLE }}', aws-region: eu-west-1}
```

`iam.tf`:
```hcl
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:acme/shop:environment:prod*" }
      }
    }]
  })
}
```

`.github/workflows/deploy.yml`:
```github
on:
  push:
    branches: [main, 'release/**']
permissions: {id-token: write}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: {role-to-assume: 'arn:aws:iam::111122223333:role/deploy', aws-region: eu-west-1}
```

`iam.tf`:
```hcl
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:acme/shop:ref:refs/heads/release/*" }
      }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.identity import accepts, claims, role_of, subjects
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.reading import field


@rule(
    target="github_workflow",
    each=steps,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"Not authorized to perform sts:AssumeRoleWithWebIdentity"],
)
def check(step: Step, graph: Graph) -> Iterator[Fail]:
    written = field(step.uses.inputs, "role-to-assume") if step.uses else None
    role = role_of(written, graph) if written is not None else None
    patterns = claims(role, graph) if role is not None else None
    found = list(subjects(step.job)) if patterns else []
    if written is None or role is None or not patterns or not found or step.job.pipeline.only_called:
        return
    if all(it.claim is not None and not any(accepts(pattern, it.claim) for pattern in patterns) for it in found):
        message = f"the token of this job says {found[0].claim}, and {role.address} trusts {', '.join(it.text or '' for it in patterns)}"
        yield Fail(written, message, "a trust policy that accepts the job", related=patterns[:1])
