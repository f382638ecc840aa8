r"""Nobody may change the policy of a key.

## Why it matters
Only principals that the key policy names may change it; the account's administrators are not among them by
themselves. If no statement gives `kms:PutKeyPolicy` to anybody, a mistake in it cannot be mended, and the data can be
read only as long as the present users keep their names.

## Five whys
1. Why can a new role not be given access? The policy cannot be changed.
2. Why not? No statement allows `kms:PutKeyPolicy`.
3. Why was it written so? The statement for the root user was taken for a hole and removed.
4. Why did KMS accept that? The lockout check was bypassed, or the named principal was deleted later.

## Fix now
As long as one principal still has `kms:PutKeyPolicy`: put the root statement back (`aws kms put-key-policy --key-id
ID --policy-name default --policy file://policy.json`). If none has, only AWS Support can help, and needs the
account's root user.

## Workaround
Copy what the key protects to a new key while its users can still decrypt: `aws s3 cp --recursive s3://B s3://B --sse
aws:kms --sse-kms-key-id NEW`.

## Prevent
Keep `arn:aws:iam::ACCOUNT:root` with administrative actions in every key policy; it means the account, not the root
user. Never set `bypass_policy_lockout_safety_check`.

## Validate
`aws kms get-key-policy --key-id ID --policy-name default --output text | grep -c :root` counts one.

## Bad
```hcl
resource "aws_kms_key" "data" {
  description = "data"
  policy = jsonencode({ # finding
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/app" }
      Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource  = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_kms_key" "data" {
  description = "data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/app" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
      },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.policy import Policy, policies


def documents(resource: Resource, graph: Graph) -> tuple[Policy, ...]:
    """The key policy."""
    return policies(resource, graph)


@rule(target="aws_kms_key aws_kms_key_policy aws_kms_external_key", each=documents, severity=Severity.HIGH)
def check(policy: Policy) -> Iterator[Fail]:
    statements = policy.statements
    if statements and not any(statement.allows and statement.grants("kms:PutKeyPolicy") is not None for statement in statements):
        yield Fail(
            policy.where, "no statement lets anybody change this policy", expected="kms:PutKeyPolicy for the account or its administrators"
        )
