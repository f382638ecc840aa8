r"""An archive vault lets everybody in.

## Why it matters
Vaults hold what the law makes a company keep: old invoices, records of people. With `*` any AWS account can start a
retrieval and read them, at our cost.

## Five whys
1. Why is there a bill for retrievals that nobody ordered? Another account ordered them.
2. Why could it? The vault's access policy allows `glacier:InitiateJob` to `*`.
3. Why? The policy was copied from the lock policy, where a Deny for `*` is right.

## Fix now
Name the restoring role in `access_policy`, or remove the policy: `aws glacier delete-vault-access-policy --account-id
- --vault-name NAME`.

## Workaround
Stop running jobs from being read: `aws glacier list-jobs --account-id - --vault-name NAME` shows them; their output
expires after a day.

## Prevent
Protect archives by a vault lock (`aws_glacier_vault_lock`), and give access through roles of the account.

## Validate
`aws glacier get-vault-access-policy --account-id - --vault-name NAME` shows no `*` in an Allow.

## Bad
```hcl
resource "aws_glacier_vault" "invoices" {
  name = "invoices"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = ["glacier:InitiateJob", "glacier:GetJobOutput"]
      Resource  = "arn:aws:glacier:eu-west-1:111122223333:vaults/invoices"
    }]
  })
}
```

## Good
```hcl
resource "aws_glacier_vault" "invoices" {
  name = "invoices"
  access_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/restore" }
      Action    = ["glacier:InitiateJob", "glacier:GetJobOutput"]
      Resource  = "arn:aws:glacier:eu-west-1:111122223333:vaults/invoices"
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(target="aws_glacier_vault", each=resource_statements, severity=Severity.HIGH, aliases="CKV_AWS_167 CKV_AWS_283")
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(principal.where, "everybody may do this with the vault", expected="the principals that restore")
