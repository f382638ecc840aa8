r"""An IAM user has a password for the console.

## Why it matters
A password can be phished, reused and guessed, and the login page of an account is public. The initial password also
stands in the Terraform state, readable unless a PGP key is given.

## Five whys
1. Why was the console entered from abroad? With a user's password.
2. Why was a password enough? The user has a login profile and no second factor.
3. Why a login profile? The user was made for a program, and got console access "to have a look".

## Fix now
Remove the login profile: `aws iam delete-login-profile --user-name NAME`, and the resource from the code. People get
in through IAM Identity Center.

## Workaround
Demand MFA: a policy that denies everything but enrolling a device where `aws:MultiFactorAuthPresent` is false.

## Prevent
Do not manage login profiles with Terraform. Deny `iam:CreateLoginProfile` by a service control policy.

## Validate
`aws iam get-login-profile --user-name NAME` answers NoSuchEntity.

## Bad
```hcl
resource "aws_iam_user_login_profile" "robot" { # finding
  user = "robot"
}

resource "aws_iam_user" "anna" { # finding
  name = "anna"
}

resource "aws_iam_user_login_profile" "anna" {
  user = aws_iam_user.anna.name
}
```

## Good
```hcl
resource "aws_iam_user" "robot" {
  name = "robot"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="aws_iam_user aws_iam_user_login_profile",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV2_AWS_22",
)
def check(body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if resource.kind == "aws_iam_user":
        profiles = graph.naming(resource, "user", "aws_iam_user_login_profile")
        if profiles:
            yield Fail(
                body, "this user can log in to the console with a password", expected="no login profile", related=(profiles[0].body,)
            )
        return
    user = body.at("user")
    if not user.refs and user.text and not graph.targets(user, "aws_iam_user"):
        yield Fail(body, "its user can log in to the console with a password", expected="no login profile")
