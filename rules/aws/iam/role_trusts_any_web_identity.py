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

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.policy import TRUST, Statement, trust_statements

_CLAIMS = (":sub", ":aud", ":oaud", ":amr", ":id", ":email", ":azp", ":app_id")


@rule(target=TRUST, each=trust_statements, severity=Severity.CRITICAL)
def check(statement: Statement) -> Iterator[Fail]:
    provider = next((p for p in statement.principals if p.kind == "Federated" and _issues_tokens_to_others(p.where)), None)
    if provider is None or not statement.allows or statement.grants("sts:AssumeRoleWithWebIdentity") is None:
        return
    if not any(condition.key.endswith(_CLAIMS) and not condition.optional for condition in statement.conditions):
        yield Fail(provider.where, "every token of this provider is accepted", expected="a condition on its audience and subject")


def _issues_tokens_to_others(node: Node) -> bool:
    """GitHub and the providers of EKS clusters have rules of their own."""
    text = "" if node.unknown else node.text or ""
    return text != "" and "token.actions.githubusercontent.com" not in text and "oidc.eks." not in text and ":saml-provider/" not in text
