r"""A role may read or write data whose key it may not use.

## Why it matters
To read what is encrypted with a key of one's own takes two permissions: for the bucket, queue, stream, topic, secret or parameter, and
`kms:Decrypt` (to write, `kms:GenerateDataKey`) on the key. With the first one alone every call ends in an AccessDenied that names KMS, or
for S3 and SQS names nothing at all.

## Five whys
1. Why does the consumer get AccessDenied although its policy names the queue? The message cannot be decrypted for it.
2. Why? Neither the role's policies together with the account's statement in the key policy, nor a statement of the key policy for the
   role, allow the action on the key.
3. Why was it forgotten? The key was turned on for the queue later, and turning it on changes nobody's policies.

## Fix now
Add the statements in the message: to the role on the key's ARN, and where the message names the key policy, there as well (a key policy
without the account's root makes role policies useless). Policies hold within seconds.

## Workaround
A grant lets the role in without touching a policy: `aws kms create-grant --key-id KEY --grantee-principal ROLE_ARN --operations Decrypt
GenerateDataKey`.

## Prevent
Let the module of an encrypted resource give out one policy document for its readers that has both statements.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names kms:Decrypt --resource-arns KEY_ARN` says `allowed`, and
one real read succeeds.

## Bad
```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = aws_sqs_queue.orders.arn }, # finding
    ]
  })
}

resource "aws_kms_key" "orders" {
  description = "orders"
}

resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = aws_kms_key.orders.arn
}
```

```hcl
# the key policy trusts one role only: what the other role's policy says does not count
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.orders.arn }, # finding
      { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = aws_kms_key.orders.arn },
    ]
  })
}

resource "aws_kms_key" "orders" {
  description = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/admin" }, Action = "kms:*", Resource = "*" },
    ]
  })
}

resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = aws_kms_key.orders.arn
}
```

## Good
```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = aws_sqs_queue.orders.arn },
      { Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.orders.arn },
    ]
  })
}

resource "aws_kms_key" "orders" {
  description = "orders"
}

resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = aws_kms_key.orders.arn
}
```

```hcl
resource "aws_iam_role" "orders" {
  name = "orders"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "orders" {
  role = aws_iam_role.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.orders.arn },
    ]
  })
}

resource "aws_kms_key" "orders" {
  description = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:role/admin" }, Action = "kms:*", Resource = "*" },
      { Effect = "Allow", Principal = { AWS = aws_iam_role.orders.arn }, Action = "kms:*", Resource = "*" },
    ]
  })
}

resource "aws_sqs_queue" "orders" {
  name              = "orders"
  kms_master_key_id = aws_kms_key.orders.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.keys import key_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_iam_role",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"KMS\.AccessDeniedException",
        r"is not authorized to perform: kms:(?:Decrypt|GenerateDataKey)",
    ],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(key_needs(resource, graph), resource, graph)
