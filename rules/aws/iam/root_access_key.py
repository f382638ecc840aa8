r"""An access key is made for the root user.

## Why it matters
A key of the root user may do everything, closing the account included, and no policy, boundary or service control
policy of the account itself can limit it. A program that holds it is one leak away from losing everything.

## Five whys
1. Why could the intruder close the account? The key belonged to the root user.
2. Why did a program have such a key? It was created first, when there were no other users.
3. Why was it never replaced? It never lacked a permission.

## Fix now
Create a role for the program, switch it over, then delete the key as root: console, "Security credentials"; or,
logged in as root, `aws iam delete-access-key --access-key-id ID`. Remove the resource.

## Workaround
Make the key inactive and see what fails: `aws iam update-access-key --access-key-id ID --status Inactive` as root; it
can be turned on again.

## Prevent
Central root access management of AWS Organizations removes root credentials from member accounts: `aws iam
enable-organizations-root-credentials-management`.

## Validate
`aws iam get-account-summary --query SummaryMap.AccountAccessKeysPresent` prints `0`.

## Bad
```hcl
resource "aws_iam_access_key" "batch" {
  user = "root" # finding
}
```

## Good
```hcl
resource "aws_iam_access_key" "mail" {
  user = "ses-smtp"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(
    target="aws_iam_access_key",
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_AWS_348 AVD-AWS-0141 aws-iam-no-root-access-keys",
)
def check(body: Node) -> Iterator[Fail]:
    user = body.at("user")
    if (user.text or "").lower() in ("root", "<root_account>"):
        yield Fail(user, "the key belongs to the root user", expected="a role, or a user with few rights")
