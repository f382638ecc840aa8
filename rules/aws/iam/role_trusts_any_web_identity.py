r"""A role accepts every token of an identity provider, whoever it was issued to.

## Why it matters
GitLab, Terraform Cloud, Cognito, Google and others issue tokens to all their customers. The trust policy has to say
which of these tokens is meant, by audience and subject; without that, every customer of the provider can become the
role.

## Five whys
1. Why could a stranger's pipeline assume the role? Its token came from the provider that the role trusts.
2. Why was that enough? No condition asks for our project or our application.
3. Why not? The provider was set up by a guide whose last step, the condition, was left out.

## Fix now
Add a condition on a key of that provider: `gitlab.com:sub` with `project_path:GROUP/PROJECT:*`,
`app.terraform.io:sub` with `organization:NAME:project:*:workspace:*:run_phase:*`,
`cognito-identity.amazonaws.com:aud` with the id of the identity pool, `accounts.google.com:aud` with the client id.

## Workaround
Detach the role's policies until the condition stands: `aws iam detach-role-policy --role-name NAME --policy-arn ARN`.

## Prevent
Create roles for federated identities with a module that demands provider, audience and subject as arguments without
defaults.

## Validate
`aws iam get-role --role-name NAME --query 'Role.AssumeRolePolicyDocument.Statement[].Condition'` shows the key; a
token of another project is refused.

## Bad
```hcl
resource "aws_iam_role" "pipeline" {
  name = "pipeline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/gitlab.com" } # finding
    }]
  })
}
```
An audience is what the one who asks for a token writes into it; a subject for all groups lets all of them in:
```hcl
resource "aws_iam_openid_connect_provider" "gitlab" {
  url            = "https://gitlab.com"
  client_id_list = ["https://gitlab.com"]
}

resource "aws_iam_role" "pipeline" {
  name = "pipeline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = aws_iam_openid_connect_provider.gitlab.arn } # finding
        Condition = { StringEquals = { "gitlab.com:aud" = "https://gitlab.com" } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = aws_iam_openid_connect_provider.gitlab.arn }
        Condition = { StringLike = { "gitlab.com:sub" = "project_path:*:ref_type:branch:ref:main" } } # finding
      },
    ]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "pipeline" {
  name = "pipeline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/gitlab.com" }
      Condition = { StringLike = { "gitlab.com:sub" = "project_path:shop/infrastructure:ref_type:branch:ref:main" } }
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.iam.issuer import CLUSTER, federated
from auditor.views.policy import TRUST, Condition, Statement, trust_statements

_CLAIMS = (":sub", ":aud", ":oaud", ":amr", ":id", ":email", ":azp", ":app_id")
# Issuers that everybody can have tokens from, with an audience of his choice: only the subject tells whose they are.
_SHARED = {
    "gitlab.com": re.compile(r"project_path:[^*?/:]+/.+"),
    "app.terraform.io": re.compile(r"organization:[^*?:]+:.+"),
    "agent.buildkite.com": re.compile(r"organization:[^*?:]+:.+"),
    "app.pulumi.com": re.compile(r"pulumi:.*org:[^*?:]+:.+"),
    "token.dev.azure.com": re.compile(r"sc://[^*?/]+/.+"),
}


@rule(target=TRUST, each=trust_statements, severity=Severity.CRITICAL)
def check(statement: Statement, graph: Graph) -> Iterator[Fail]:
    found = federated(statement, graph)
    if found is None or _has_a_rule(found[1]) or not statement.allows or statement.grants("sts:AssumeRoleWithWebIdentity") is None:
        return
    provider, whose = found
    asked = [condition for condition in statement.conditions if condition.key.endswith(_CLAIMS) and not condition.optional]
    shared = next((issuer for issuer in _SHARED if whose.startswith(issuer)), None)
    if not asked:
        yield Fail(provider.where, "every token of this provider is accepted", expected="a condition on its audience and subject")
    elif shared is not None:
        yield from _of_anybody(provider.where, shared, asked)


def _of_anybody(provider: Node, issuer: str, asked: list[Condition]) -> Iterator[Fail]:
    subjects = [condition for condition in asked if condition.key.endswith(":sub") and condition.test in ("stringequals", "stringlike")]
    if not subjects:
        yield Fail(provider, f"everybody has tokens of {issuer} with that audience", expected=f"a condition on {issuer}:sub")
    for condition in subjects:
        for value in condition.values:
            if not _SHARED[issuer].fullmatch(value.text or ""):
                yield Fail(
                    value, f"this subject does not pin whose tokens of {issuer} are accepted", expected="an owner without a wildcard"
                )


def _has_a_rule(issuer: str) -> bool:
    """GitHub and the clusters of EKS have rules of their own."""
    return issuer.startswith("token.actions.githubusercontent.com") or CLUSTER in issuer
