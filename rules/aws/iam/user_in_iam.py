r"""A person or a machine is an IAM user.

## Why it matters
IAM users have passwords and keys that work until somebody ends them. They are not closed when a person leaves the
company's directory, and they are what most leaks of AWS credentials consist of.

## Five whys
1. Why could a former colleague still log in? The IAM user was not removed.
2. Why not? Leaving closes the account in the directory; IAM users are another list.
3. Why is there another list? The user was created before single sign-on was there.

## Fix now
For a person: create the assignment in IAM Identity Center (`aws_ssoadmin_account_assignment`), then remove the user.
For a machine: a role, through OIDC for pipelines (`aws_iam_openid_connect_provider`), IAM Roles Anywhere for servers
elsewhere.

## Workaround
Disable what is not used: `aws iam generate-credential-report`, then `aws iam update-access-key --status Inactive` and
`aws iam delete-login-profile`.

## Prevent
A service control policy that denies `iam:CreateUser` and `iam:CreateAccessKey` outside one pipeline role.

## Validate
`aws iam list-users` lists no one but break-glass users.

## Bad
```hcl
resource "aws_iam_user" "anna" { # finding
  name = "anna"
}
```

## Good
```hcl
resource "aws_iam_role" "developer" {
  name               = "developer"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_iam_user", severity=Severity.INFO, confidence=Confidence.FIRM, aliases="CKV_AWS_273")
def check(body: Node) -> Iterator[Fail]:
    yield Fail(body, "this is an IAM user, with credentials that do not expire", expected="IAM Identity Center, or a role")
