r"""The role in a service account's annotation does not let that account in.

## Why it matters
Pods get a token for `system:serviceaccount:NAMESPACE:NAME`, and STS compares that text with the condition on `:sub` in the role's trust
policy. With another namespace or name in it every call of the pod fails with `Not authorized to perform sts:AssumeRoleWithWebIdentity`;
some SDKs then fall back to the node's role, which hides it.

## Five whys
1. Why does the pod get AccessDenied from STS? Its token's subject is not the one that the role trusts.
2. Why? Namespace or name in the trust policy differ from those of the service account.
3. Why? The chart was installed into another namespace, or the account was renamed, and the role is written elsewhere.

## Fix now
Put the subject in the message into the trust policy (`aws iam update-assume-role-policy`), then `kubectl -n NAMESPACE rollout restart
deployment NAME`.

## Workaround
Pod Identity needs no subject in the trust policy: `aws eks create-pod-identity-association`.

## Prevent
Make role and service account from the same two variables; `StringLike` with `*` is no way out, since it lets every account in.

## Validate
`kubectl -n NAMESPACE exec deploy/NAME -- aws sts get-caller-identity` prints the role.

## Bad
```hcl
resource "aws_iam_role" "api" {
  name = "api"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }
      Condition = {
        StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:default:api" }
      }
    }]
  })
}

resource "kubernetes_service_account" "api" {
  metadata {
    name      = "api"
    namespace = "shop"
    annotations = {
      "eks.amazonaws.com/role-arn" = aws_iam_role.api.arn # finding
    }
  }
}
```

## Good
```hcl
resource "aws_iam_role" "api" {
  name = "api"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }
      Condition = {
        StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:shop:api" }
      }
    }]
  })
}

resource "kubernetes_service_account" "api" {
  metadata {
    name      = "api"
    namespace = "shop"
    annotations = {
      "eks.amazonaws.com/role-arn" = aws_iam_role.api.arn
    }
  }
}
```

```hcl
resource "aws_iam_role" "api" {
  name = "api"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }
      Condition = {
        StringLike = { "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:shop:*" }
      }
    }]
  })
}

resource "kubernetes_service_account" "api" {
  metadata {
    name      = "api"
    namespace = "shop"
    annotations = {
      "eks.amazonaws.com/role-arn" = aws_iam_role.api.arn
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.service_account import refusals


@rule(
    target="ServiceAccount",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"Not authorized to perform sts:AssumeRoleWithWebIdentity"],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from refusals(resource, graph)
