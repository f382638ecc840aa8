r"""A policy is given to a single user instead of a group or role.

## Why it matters
Rights that hang on users are granted one by one and never taken back one by one: who changes teams keeps them, and
nobody can answer who may do what without reading every user. Groups and roles are reviewed as a whole.

## Five whys
1. Why could a former administrator still delete the cluster? A policy hung on the user itself.
2. Why was it not removed with the group? Moving between teams changes groups, not users.
3. Why did it hang there? A permission was needed in a hurry.

## Fix now
Attach the policy to a group that the user is in (`aws_iam_group_policy_attachment`), or better to a role that the
user assumes, apply, then remove the attachment to the user.

## Workaround
List what else hangs on users: `aws iam list-user-policies --user-name NAME` and `aws iam list-attached-user-policies
--user-name NAME`.

## Prevent
Give people access through IAM Identity Center, workloads through roles. What remains of users gets no policies but by
groups.

## Validate
Both list commands above print empty lists, and the user can still do the job.

## Bad
```hcl
resource "aws_iam_user_policy_attachment" "anna" {
  user       = "anna" # finding
  policy_arn = "arn:aws:iam::111122223333:policy/deploy"
}

resource "aws_iam_user_policy" "anna" {
  user   = "anna" # finding
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
```
```hcl
resource "aws_iam_policy_attachment" "deploy" {
  name       = "deploy"
  users      = ["anna", "ben"] # finding
  policy_arn = "arn:aws:iam::111122223333:policy/deploy"
}
```

## Good
```hcl
resource "aws_iam_group_policy_attachment" "deployers" {
  group      = "deployers"
  policy_arn = "arn:aws:iam::111122223333:policy/deploy"
}

resource "aws_iam_policy_attachment" "deploy" {
  name       = "deploy"
  groups     = ["deployers"]
  users      = []
  policy_arn = "arn:aws:iam::111122223333:policy/deploy"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(
    target="aws_iam_user_policy aws_iam_user_policy_attachment aws_iam_policy_attachment",
    severity=Severity.LOW,
    aliases="CKV_AWS_40 AVD-AWS-0143 aws-iam-no-user-attached-policies FG_R00007",
)
def check(body: Node) -> Iterator[Fail]:
    for path in ("user", "users"):
        node = body.at(path)
        if not node.missing and node.data != "":
            yield Fail(node, "the policy belongs to a single user", expected="a group or a role")
