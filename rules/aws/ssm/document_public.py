r"""An SSM document is shared with everybody.

## Why it matters
Documents hold scripts that run as root, with names of hosts, buckets and roles, and sometimes credentials. Shared
with `all`, every AWS customer can read them, and run them in ignorance.

## Five whys
1. Why did a stranger know our internal hosts? They stand in a public document.
2. Why is it public? Its permissions share it with `all`.
3. Why `all`? The accounts of the company were to use it.

## Fix now
Set `account_ids` to the accounts that need it. At once: `aws ssm modify-document-permission --name NAME
--permission-type Share --account-ids-to-remove all`.

## Workaround
Turn public sharing off for the account: `aws ssm update-service-setting --setting-id
/ssm/documents/console/public-sharing-permission --setting-value Disable`.

## Prevent
That setting in every account, by the baseline.

## Validate
`aws ssm describe-document-permission --name NAME --permission-type Share` lists no `all`.

## Bad
```hcl
resource "aws_ssm_document" "patch" {
  name          = "patch"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2" })
  permissions = {
    type        = "Share"
    account_ids = "All" # finding
  }
}
```

## Good
```hcl
resource "aws_ssm_document" "patch" {
  name          = "patch"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2" })
  permissions = {
    type        = "Share"
    account_ids = "444455556666"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule


@rule(target="aws_ssm_document", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_AWS_303")
def check(body: Node) -> Iterator[Fail]:
    accounts = body.at("permissions.account_ids")
    if not accounts.missing and any(account.strip().lower() == "all" for account in (accounts.text or "").split(",")):
        yield Fail(accounts, "every AWS account can read and run the document", expected="the ids of the accounts that need it")
