"""A resource control policy denies what a resource grants to a partner.

## Why it matters
Resource control policies draw a perimeter around the resources of an organization: what they deny is denied, whatever the policy of the
bucket or queue says. A partner that a resource's policy names and the perimeter does not know is refused, with nothing at the resource
that tells why.

## Five whys
1. Why is the partner refused although the queue's policy names its role? `with an explicit deny in a resource control policy`.
2. Why? The policy in question denies every principal of a foreign account.
3. Why is the partner not excepted? The perimeter and the queue belong to different teams.

## Fix now
Except the partner's account in the Deny (`aws:PrincipalAccount`), or mark resources that partners use with a tag that the Deny leaves out
(`aws:ResourceTag/partner-access`).

## Workaround
A role inside the organization that the partner may assume is not kept out by the policy for queues.

## Prevent
Keep the list of partner accounts in one place, and make both the resource policies and the perimeter from it.

## Validate
The partner's `aws sqs send-message --queue-url URL --message-body test` succeeds.

## Bad
```hcl
provider "aws" {
  region = "eu-west-1"

  allowed_account_ids = ["111122223333"]
}

resource "aws_organizations_policy" "perimeter" {
  name = "perimeter"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnPrincipalsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:*", "sqs:*"]
      Resource  = "*"
      Condition = {
        StringNotEqualsIfExists = { "aws:PrincipalAccount" = ["111122223333"] }
        BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}

resource "aws_organizations_policy_attachment" "perimeter" {
  policy_id = aws_organizations_policy.perimeter.id
  target_id = "111122223333"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.orders.arn
      Principal = { AWS = "arn:aws:iam::999999999999:role/partner" } # finding
    }]
  })
}
```

## Good
```hcl
provider "aws" {
  region = "eu-west-1"

  allowed_account_ids = ["111122223333"]
}

resource "aws_organizations_policy" "perimeter" {
  name = "perimeter"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OwnPrincipalsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:*", "sqs:*"]
      Resource  = "*"
      Condition = {
        StringNotEqualsIfExists = { "aws:PrincipalAccount" = ["111122223333", "999999999999"] }
        BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
      }
    }]
  })
}

resource "aws_organizations_policy_attachment" "perimeter" {
  policy_id = aws_organizations_policy.perimeter.id
  target_id = "111122223333"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.orders.arn
      Principal = { AWS = "arn:aws:iam::999999999999:role/partner" }
    }]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.outsiders import KINDS, kept_out


@rule(target=KINDS, severity=Severity.MEDIUM, confidence=Confidence.FIRM, symptoms=[r"explicit deny in a resource control policy"])
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from kept_out(resource, graph)
