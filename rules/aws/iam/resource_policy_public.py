r"""A resource policy lets everybody in.

## Why it matters
A policy on a resource (a table, a stream, a cluster, a mail identity, a package domain) decides about callers of
other accounts. With `*` and no condition that speaks of the caller, every AWS customer is one of them.

## Five whys
1. Why did a stranger send mail from our domain? The identity's policy allows `ses:SendEmail` to `*`.
2. Why `*`? A second account of ours sends newsletters, and its id was not at hand.
3. Why was it not seen? Policies on resources are looked at less than those on roles.

## Fix now
Replace `*` by the account or role, or add a condition on `aws:PrincipalOrgID`, `aws:SourceAccount` or
`aws:SourceArn`. The resource's own API takes the policy away at once (for DynamoDB `aws dynamodb
delete-resource-policy --resource-arn ARN`).

## Workaround
A resource control policy of the organization with `StringNotEqualsIfExists` on `aws:PrincipalOrgID` closes many
services for strangers, whatever their policies say.

## Prevent
Run an external access analyzer in every region (`aws accessanalyzer create-analyzer --type ORGANIZATION
--analyzer-name external`); it reports such policies within half an hour.

## Validate
`aws accessanalyzer list-findings-v2 --analyzer-arn ARN --filter
'{"resource":{"eq":["RESOURCE_ARN"]},"status":{"eq":["ACTIVE"]}}'` is empty.

## Bad
```hcl
resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # finding
      Action    = "dynamodb:GetItem"
      Resource  = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }]
  })
}
```
```hcl
data "aws_iam_policy_document" "handed_out" {
  statement {
    actions   = ["kinesis:PutRecord"]
    resources = ["arn:aws:kinesis:eu-west-1:111122223333:stream/clicks"]
    principals {
      type        = "AWS"
      identifiers = ["*"] # finding
    }
  }
}
```

## Good
```hcl
resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "dynamodb:GetItem"
      Resource  = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.iam.strangers import let_in
from auditor.views.policy import Statement, resource_statements

# Services with a rule of their own are not here; a document counts that nothing of the graph takes.
_KINDS = """
aws_acmpca_policy
aws_cloudwatch_log_delivery_destination_policy
aws_cloudwatch_log_destination_policy
aws_cloudwatch_log_resource_policy
aws_codeartifact_domain_permissions_policy
aws_codeartifact_repository_permissions_policy
aws_codebuild_resource_policy
aws_dynamodb_resource_policy
aws_glue_resource_policy
aws_kinesis_resource_policy
aws_media_store_container_policy
aws_msk_cluster_policy
aws_oam_sink_policy
aws_organizations_resource_policy
aws_redshift_resource_policy
aws_redshiftserverless_resource_policy
aws_s3_access_point
aws_s3control_access_point_policy
aws_s3control_bucket_policy
aws_s3control_multi_region_access_point_policy
aws_s3control_object_lambda_access_point_policy
aws_s3tables_table_bucket_policy
aws_s3tables_table_policy
aws_sagemaker_model_package_group_policy
aws_schemas_registry_policy
aws_ses_identity_policy
aws_sesv2_email_identity_policy
aws_xray_resource_policy
data.aws_iam_policy_document
"""


@rule(target=_KINDS, each=resource_statements, severity=Severity.HIGH, aliases="CKV_AWS_283")
def check(statement: Statement, resource: Resource, graph: Graph) -> Iterator[Fail]:
    principal = let_in(statement, resource, graph)
    if principal is not None:
        yield Fail(
            principal.where, "everybody may do this with the resource", expected="the principals that need it, or a condition on who calls"
        )
