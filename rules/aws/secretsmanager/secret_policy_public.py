r"""A secret may be read by everybody.

## Why it matters
The policy on the secret decides for other accounts. With `*` any of them can read the password, if the key that
encrypts it lets them too; with an own key and a wide key policy it does.

## Five whys
1. Why did a stranger log in to the database? With the password from our Secrets Manager.
2. Why could it be read? The secret's policy allows `secretsmanager:GetSecretValue` to `*`.
3. Why was that accepted? `block_public_policy` was not set, so nothing was checked.

## Fix now
Take the policy away (`aws secretsmanager delete-resource-policy --secret-id ID`), rotate the secret (`aws
secretsmanager rotate-secret --secret-id ID`), then name the roles that read it.

## Workaround
If rotation is not set up, change the password in the database by hand and store it with `aws secretsmanager
put-secret-value`.

## Prevent
Set `block_public_policy = true` on `aws_secretsmanager_secret_policy`: Secrets Manager then refuses such a policy.

## Validate
`aws secretsmanager validate-resource-policy --resource-policy file://policy.json` prints `"PolicyValidationPassed":
true`.

## Bad
```hcl
resource "aws_secretsmanager_secret_policy" "database" {
  secret_arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:database-AbCdEf"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # finding
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}
```

## Good
```hcl
resource "aws_secretsmanager_secret_policy" "database" {
  secret_arn          = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:database-AbCdEf"
  block_public_policy = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:role/reports" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Profile, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(
    aliases="CKV_AWS_283",
    target="aws_secretsmanager_secret aws_secretsmanager_secret_policy",
    each=resource_statements,
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(principal.where, "everybody may do this with the secret", expected="the roles that read it")
