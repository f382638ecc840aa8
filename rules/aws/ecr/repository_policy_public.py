r"""A repository of images is open to everybody.

## Why it matters
Images hold code, and too often credentials. With `*` any AWS account can pull them; with push rights it can replace
the image that our clusters start next.

## Five whys
1. Why was our code for sale? The image was pulled from our private registry.
2. Why could a stranger pull it? The repository policy allows it to `*`.
3. Why? A second account of ours needed the image, and its id was not known.

## Fix now
Name the accounts: `Principal = { AWS = "arn:aws:iam::ACCOUNT:root" }`, or all of the organization by
`aws:PrincipalOrgID`. At once: `aws ecr delete-repository-policy --repository-name NAME`; roles of the same account go
on working.

## Workaround
If a tag may have been overwritten, deploy by digest (`image@sha256:...`) from a build that is trusted.

## Prevent
Make tags immutable, scan on push, and keep what is meant for the public in ECR Public.

## Validate
`aws ecr get-repository-policy --repository-name NAME --query policyText --output text` shows no `*` without a
condition.

## Bad
```hcl
resource "aws_ecr_repository_policy" "shop" {
  repository = "shop"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}
```

## Good
```hcl
resource "aws_ecr_repository_policy" "shop" {
  repository = "shop"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
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
    target="aws_ecr_repository_policy aws_ecr_registry_policy aws_ecr_repository_creation_template",
    each=resource_statements,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AWS_32 AVD-AWS-0032 aws-ecr-no-public-access CKV_AWS_283",
)
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(principal.where, "everybody may do this with the images", expected="the accounts or roles that pull")
