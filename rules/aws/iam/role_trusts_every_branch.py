r"""A powerful role can be assumed from every branch and pull request.

## Why it matters
The trust names the repository, and leaves open from where in it: a workflow of any branch, and in many settings of a pull
request, gets the role. Whoever may push a branch needs no review then; he changes the workflow, and the role that deploys
production works for him. For a role with few rights that is convenient; for this one it is the account.

## Five whys
1. Why could an intern's laptop deploy to production? A branch was pushed from it, and its workflow assumed the role.
2. Why was that allowed? The subject ends in `:*`, so that every branch fits.
3. Why the star? Deployments of previews needed the role too.
4. Why one role for both? It was there, and it could do everything.

## Fix now
Pin the environment or the branch: `repo:OWNER/REPOSITORY:environment:production`, and protect that environment with
reviewers. Give previews and pull requests a role of their own that may do little.

## Workaround
Protect every branch that can start the workflow, and forbid workflows of forks (`Settings > Actions`). That is a setting of
the repository, and not of the role.

## Prevent
Let roles for pipelines be made by a module that takes the environment as a required variable and writes the subject itself.

## Validate
Start the workflow from a branch of its own: `aws sts assume-role-with-web-identity` ends in `Not authorized to perform
sts:AssumeRoleWithWebIdentity`.

## Bad
```hcl
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:acme/shop:*" } # finding
      }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
```

## Good
One environment, and a role for all branches that may do little:
```hcl
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:acme/shop:environment:production"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role" "preview" {
  name = "preview"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:acme/shop:*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "preview" {
  role = aws_iam_role.preview.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::shop-previews/*" }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.iam.issuer import federated
from auditor.views.iam.power import power
from auditor.views.policy import Statement, trust_statements

_ISSUER = "token.actions.githubusercontent.com"
# The repository, or all of an owner, and behind it a star in place of the branch, the environment or the event.
_ANY_PLACE = re.compile(r"repo:[^*?/]+/(\*|[^*?:]+:(\*|ref:\*|ref:refs/(heads/)?\*|pull_request))")

# What says of a token where in the repository it comes from.
_PLACES = frozenset({"environment", "job_workflow_ref", "ref"})


@rule(target="aws_iam_role", each=trust_statements, severity=Severity.HIGH, confidence=Confidence.FIRM)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    found = federated(statement, graph)
    if found is None or _ISSUER not in found[1] or not statement.allows:
        return
    claims = {condition.key.rpartition(":")[2] for condition in statement.conditions if condition.key.startswith(_ISSUER)}
    held = power(graph, resource)
    if held is None or claims & _PLACES:
        return
    for condition in statement.conditions:
        for value in condition.values if condition.key == f"{_ISSUER}:sub" else ():
            if _ANY_PLACE.fullmatch(value.text or ""):
                message = f"every branch and pull request gets the role, which {held.text}"
                yield Fail(value, message, expected="one environment or branch", related=held.places)
