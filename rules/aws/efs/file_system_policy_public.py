r"""A file system policy grants access without saying to whom.

## Why it matters
An Allow for `*` with no condition lets every client mount that reaches a mount target, anonymous ones included, and
other accounts as soon as their VPC is peered. AWS calls such a policy public.

## Five whys
1. Why could a test server write into production's files? It mounted the file system.
2. Why was it let in? The policy allows `ClientWrite` to `*`.
3. Why was that thought safe? Only this VPC has mount targets; the peering came later.

## Fix now
Name the roles and demand `iam` as mount option, or add `Bool: {"elasticfilesystem:AccessedViaMountTarget": "true"}`,
with which only the network of the mount targets gets in.

## Workaround
Narrow the security group of the mount targets to the clients: `aws efs describe-mount-target-security-groups
--mount-target-id ID`.

## Prevent
Mount through access points, with a role for each application, and refuse root (`elasticfilesystem:ClientRootAccess`).

## Validate
`aws efs describe-file-system-policy --file-system-id ID` shows the condition or the roles; an unsigned mount from
another subnet fails.

## Bad
```hcl
resource "aws_efs_file_system_policy" "media" {
  file_system_id = "fs-0a1b2c3d"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # finding
      Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    }]
  })
}
```

## Good
```hcl
resource "aws_efs_file_system_policy" "media" {
  file_system_id = "fs-0a1b2c3d"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
      Condition = { Bool = { "elasticfilesystem:AccessedViaMountTarget" = "true" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements


@rule(aliases="CKV_AWS_283", target="aws_efs_file_system_policy", each=resource_statements, severity=Severity.HIGH)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(
            principal.where,
            "everybody who reaches a mount target may do this",
            expected="the roles that mount, or the condition elasticfilesystem:AccessedViaMountTarget",
        )
