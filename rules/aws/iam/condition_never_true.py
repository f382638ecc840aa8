r"""A condition can never be met, so its statement has no effect.

## Why it matters
A statement holds only for requests that meet every one of its conditions. One that no request can meet makes an Allow useless and a Deny
toothless, while the policy reads as if it worked: second factors for a role of Lambda, private addresses in `aws:SourceIp`, user names
for roles, an organization's id for a service.

## Five whys
1. Why is the request refused although the policy allows it? The condition of the Allow does not hold.
2. Why not? Requests of this principal never carry that value, or another condition on the same key excludes it.
3. Why was it written? The condition was copied from a policy for people, or for another way into the service.

## Fix now
Take the condition out, or use the key that such requests carry: `aws:SourceOrgID` or `aws:SourceAccount` for a service, `aws:VpcSourceIp`
for private addresses, `aws:PrincipalTag/...` or `aws:PrincipalArn` for roles.

## Workaround
A second statement without the condition for the one principal that is waiting.

## Prevent
Test a policy with a request that should pass and with one that should not.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ARN --action-names ACTION --context-entries
ContextKeyName=KEY,ContextKeyType=string,ContextKeyValues=VALUE` with the values of a real request says `allowed`.

## Bad
```hcl
resource "aws_iam_role" "report" {
  name = "report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "report" {
  role = aws_iam_role.report.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::reports/*"
      Condition = {
        Bool = { "aws:MultiFactorAuthPresent" = "true" } # finding
      }
    }]
  })
}
```

```hcl
resource "aws_iam_role" "report" {
  name = "report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "report" {
  role = aws_iam_role.report.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::reports/*"
      Condition = {
        IpAddress = { "aws:SourceIp" = ["10.0.0.0/8", "192.168.0.0/16"] } # finding
      }
    }]
  })
}
```

```hcl
resource "aws_s3_bucket_policy" "media" {
  bucket = "media-4711"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::media-4711/*"
      Condition = {
        StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } # finding
      }
    }]
  })
}
```

```hcl
resource "aws_iam_role" "report" {
  name = "report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "report" {
  role = aws_iam_role.report.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::reports/*"
      Condition = {
        StringEquals = { "aws:RequestedRegion" = "eu-west-1" } # finding
        StringLike   = { "aws:RequestedRegion" = "us-*" }
      }
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "report" {
  name = "report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "report" {
  role = aws_iam_role.report.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::reports/*"
      Condition = {
        Bool = { "aws:SecureTransport" = "true" }
      }
    }]
  })
}
```

```hcl
resource "aws_iam_role" "report" {
  name = "report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "report" {
  role = aws_iam_role.report.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::reports/*"
      Condition = {
        IpAddress = { "aws:SourceIp" = ["10.0.0.0/8", "203.0.113.0/24"] }
      }
    }]
  })
}
```

```hcl
resource "aws_s3_bucket_policy" "media" {
  bucket = "media-4711"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::media-4711/*"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "111122223333" }
      }
    }]
  })
}
```

```hcl
resource "aws_iam_role" "report" {
  name = "report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "report" {
  role = aws_iam_role.report.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::reports/*"
      Condition = {
        BoolIfExists = { "aws:MultiFactorAuthPresent" = "true" }
      }
    }]
  })
}
```

```hcl
resource "aws_iam_role" "report" {
  name = "report"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "report" {
  role = aws_iam_role.report.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:GetObject"
      Resource = "arn:aws:s3:::reports/*"
      Condition = {
        StringEquals = { "aws:RequestedRegion" = ["eu-west-1", "us-east-1"] }
        StringLike   = { "aws:RequestedRegion" = "us-*" }
      }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.impossible import impossible
from auditor.views.policy import EVERY, policies


@rule(target=EVERY, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=["AccessDenied"])
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for policy in policies(resource, graph):
        for statement in () if policy.tree.unknown else policy.statements:
            for condition, reason in impossible(policy, statement, graph):
                message = f"{condition.operator} on {condition.key} can never hold: {reason}"
                yield Fail(condition.where, message, expected="a key and a value that such requests carry", related=(statement.where,))
                break
