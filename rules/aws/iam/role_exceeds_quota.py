"""A role has more policies, or longer ones, than AWS accepts.

## Why it matters
A role takes 10 managed policies, 10,240 characters of inline policies and a trust policy of 2,048 characters. The plan is fine; the apply
stops at the one too many with LimitExceeded, and what it had done stays done.

## Five whys
1. Why is the deployment half done? `LimitExceeded: Cannot exceed quota for PoliciesPerRole` (or `ACLSizePerRole`).
2. Why? The role has more than the account's quota.
3. Why so many? Each team attaches its own policy to a shared role.

## Fix now
Join policies into one customer managed policy (6,144 characters) or split the role; for the first and the third quota an increase can be
asked for: `aws service-quotas request-service-quota-increase --service-code iam --quota-code L-0DA4ABF3 --desired-value 20`.

## Workaround
Put two of the small policies into one inline policy.

## Prevent
One role per workload. Where the account's quota was raised, tell this rule in `auditor.yaml` (`options`).

## Validate
`aws iam list-attached-role-policies --role-name ROLE --query 'length(AttachedPolicies)'` is within the quota.

## Bad
```hcl
resource "aws_iam_role" "ops" { # finding
  name = "ops"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::111122223333:role/admin" } }]
  })
}

resource "aws_iam_role_policy_attachment" "p0" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "p1" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
}

resource "aws_iam_role_policy_attachment" "p2" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2FullAccess"
}

resource "aws_iam_role_policy_attachment" "p3" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}

resource "aws_iam_role_policy_attachment" "p4" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSNSFullAccess"
}

resource "aws_iam_role_policy_attachment" "p5" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonRDSFullAccess"
}

resource "aws_iam_role_policy_attachment" "p6" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonVPCFullAccess"
}

resource "aws_iam_role_policy_attachment" "p7" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonRoute53FullAccess"
}

resource "aws_iam_role_policy_attachment" "p8" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"
}

resource "aws_iam_role_policy_attachment" "p9" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonKinesisFullAccess"
}

resource "aws_iam_role_policy_attachment" "p10" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchFullAccess"
}
```

## Good
```hcl
resource "aws_iam_role" "ops" {
  name = "ops"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::111122223333:role/admin" } }]
  })
}

resource "aws_iam_role_policy_attachment" "p0" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy_attachment" "p1" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
}

resource "aws_iam_role_policy_attachment" "p2" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2FullAccess"
}

resource "aws_iam_role_policy_attachment" "p3" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}

resource "aws_iam_role_policy_attachment" "p4" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSNSFullAccess"
}

resource "aws_iam_role_policy_attachment" "p5" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonRDSFullAccess"
}

resource "aws_iam_role_policy_attachment" "p6" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonVPCFullAccess"
}

resource "aws_iam_role_policy_attachment" "p7" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonRoute53FullAccess"
}

resource "aws_iam_role_policy_attachment" "p8" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"
}

resource "aws_iam_role_policy_attachment" "p9" {
  role       = aws_iam_role.ops.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonKinesisFullAccess"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.quota import attached, characters, inline


@rule(
    target="aws_iam_role",
    severity=Severity.MEDIUM,
    options={"attached": 10, "inline": 10_240, "trust": 2_048},
    symptoms=[r"LimitExceeded.*(?:PoliciesPerRole|ACLSizePerRole|MaximumPolicySize)"],
)
def check(body: Node, resource: Resource, graph: Graph, options: dict[str, int]) -> Iterator[Fail]:
    policies = attached(resource, graph)
    if len(policies) > options["attached"]:
        message = f"{len(policies)} managed policies are attached, and the quota is {options['attached']}"
        yield Fail(body, message, expected=f"at most {options['attached']}", actual=str(len(policies)), related=policies[-1:])
    trust = body.at("assume_role_policy")
    if not trust.unknown and (length := characters(trust)) > options["trust"]:
        message = f"the trust policy has {length:,} characters without blanks, and the quota is {options['trust']:,}"
        yield Fail(trust, message, expected=f"at most {options['trust']:,}", actual=f"{length:,}")
    documents = list(inline(resource, graph))
    known = sum(characters(it) for it in documents if not it.unknown)
    if known > options["inline"]:
        message = f"the inline policies have {known:,} characters without blanks, and the quota is {options['inline']:,}"
        yield Fail(documents[0], message, expected=f"at most {options['inline']:,}", actual=f"{known:,}", related=tuple(documents[1:3]))
