"""A statement asks for a tag that neither resource nor role has.

## Why it matters
With attribute-based access a grant holds only where tags match. When the very resources that the statement names have no such tag, or the
role has none and no session brings one along, the statement grants nothing: `AccessDenied` for everybody.

## Five whys
1. Why is the call refused? The Allow has a condition on a tag, and it does not hold.
2. Why not? The tag is not on the resource (or the role), or has another value.
3. Why? The tag was renamed in one place; default tags of the provider changed.

## Fix now
Set the tag in the message (`aws sqs tag-queue`, `aws iam tag-role`, `aws s3api put-bucket-tagging`) and in the code; tags count within
seconds to minutes.

## Workaround
Name the resource by its ARN without the condition, for one role.

## Prevent
Keep the tags that policies ask for in the provider's `default_tags`, and forbid changing them by a service control policy.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names ACTION --resource-arns ARN --context-entries
ContextKeyName=aws:ResourceTag/KEY,ContextKeyType=string,ContextKeyValues=VALUE` says `allowed`, and the tag is there.

## Bad
```hcl
resource "aws_iam_role" "reader" {
  name = "reader"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_sqs_queue" "reports" {
  name = "reports"

  tags = {
    team = "sales"
  }
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sqs:ReceiveMessage"
      Resource  = aws_sqs_queue.reports.arn
      Condition = { StringEquals = { "aws:ResourceTag/team" = "finance" } } # finding
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "reader" {
  name = "reader"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_sqs_queue" "reports" {
  name = "reports"

  tags = {
    team = "finance"
  }
}

resource "aws_iam_role_policy" "reader" {
  role = aws_iam_role.reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sqs:ReceiveMessage"
      Resource  = aws_sqs_queue.reports.arn
      Condition = { StringEquals = { "aws:ResourceTag/team" = "finance" } }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.tags import tag_faults


@rule(target="aws_iam_role", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from tag_faults(resource, graph)
