r"""A role for an EKS cluster can be assumed by every pod in it.

## Why it matters
Every pod of the cluster can get a token of its service account. Without a condition on `sub`, or with a wildcard for
the namespace, the rights of this role belong to whoever can start a pod anywhere in the cluster.

## Five whys
1. Why could the test namespace read production's bucket? A pod there assumed production's role.
2. Why did the role accept it? It trusts the cluster's provider, and any namespace in it.
3. Why any? The subject was written with a wildcard so that one role serves several environments.

## Fix now
Pin the subject with `StringEquals`: `ISSUER:sub` = `system:serviceaccount:NAMESPACE:NAME`, and `ISSUER:aud` =
`sts.amazonaws.com`.

## Workaround
Limit who can create pods with that service account's name: a Kubernetes RBAC rule, or an admission policy on the
annotation `eks.amazonaws.com/role-arn`.

## Prevent
One role for each service account, made by a module from namespace and name; or EKS Pod Identity, where the
association says which pod gets the role.

## Validate
In a pod of another namespace, `aws sts get-caller-identity` with that role's ARN in `AWS_ROLE_ARN` fails with
AccessDenied.

## Bad
```hcl
resource "aws_iam_role" "reports" {
  name = "reports"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE" }
      Condition = { StringLike = { "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub" = "system:serviceaccount:*:reports" } } # finding
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "reports" {
  name = "reports"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE" }
      Condition = { StringEquals = { "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE:sub" = "system:serviceaccount:shop:reports" } }
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.iam.issuer import CLUSTER, federated
from auditor.views.policy import TRUST, Statement, trust_statements

_ONE_NAMESPACE = re.compile(r"system:serviceaccount:[a-z0-9][a-z0-9.-]*:.+")


@rule(target=TRUST, each=trust_statements, severity=Severity.HIGH)
def check(statement: Statement, graph: Graph) -> Iterator[Fail]:
    found = federated(statement, graph)
    if found is None or CLUSTER not in found[1] or not statement.allows:
        return
    provider = found[0]
    subjects = [c for c in statement.conditions if c.key.endswith(":sub") and c.test in ("stringequals", "stringlike") and not c.optional]
    if not subjects:
        yield Fail(provider.where, "every pod of the cluster can assume the role", expected="a condition on the subject")
    for condition in subjects:
        for value in condition.values:
            if not _pins(value):
                yield Fail(
                    value, "service accounts of every namespace can assume the role", expected="system:serviceaccount:NAMESPACE:NAME"
                )


def _pins(value: Node) -> bool:
    return _ONE_NAMESPACE.fullmatch(value.text or "") is not None
