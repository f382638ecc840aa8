"""A policy names a principal that was deleted.

## Why it matters
When a role or user is deleted, IAM replaces its ARN in policies by its unique id (`AROA...`, `AIDA...`). The id belongs to nobody any
more: a role that was made anew under the old name is not let in, and saving the policy again fails with `Invalid principal in policy`.

## Five whys
1. Why is the role refused although the policy names it? The policy names the role that was deleted, by its id.
2. Why an id? IAM stores principals by id and shows the ARN only as long as the principal is there.
3. Why was it made anew? A rename or a `taint` in Terraform replaces a role; policies elsewhere do not follow.

## Fix now
Write the ARN of the present role in its place and save the policy: IAM resolves it to the new id. `aws iam list-roles --query
"Roles[?RoleId=='AROA...']"` shows whether anybody still has the id.

## Workaround
Name the account's root and limit with `aws:PrincipalArn`, which is compared as text and outlives the role.

## Prevent
`create_before_destroy = false` and a fixed `name` do not help: plan to save the policies that name a role whenever it is replaced.

## Validate
`aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument` shows an ARN where the id was, and the call that failed
succeeds.

## Bad
```hcl
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "AROAEXAMPLE1234567890" } # finding
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "deploy" {
  name = "deploy"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/ci" }
      Condition = { StringLike = { "aws:userid" = "AROAEXAMPLE1234567890:*" } }
    }]
  })
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.policy import EVERY, Statement, statements
from auditor.views.statement import named

_ID = re.compile(r"(?:AROA|AIDA)[A-Z0-9]{8,}")


@rule(target=EVERY, each=statements, severity=Severity.HIGH, symptoms=[r"MalformedPolicyDocument.*Invalid principal in policy"])
def check(statement: Statement) -> Iterator[Fail]:
    for principal in statement.principals:
        if named(principal.where):
            continue
        text = principal.where.text or ""
        if _ID.fullmatch(text):
            what = "role" if text.startswith("AROA") else "user"
            message = f"{text} is the id of a {what} that was deleted: this lets nobody in"
            yield Fail(principal.where, message, expected=f"the ARN of the {what}", related=(statement.where,))
