r"""A role trusts another account that does not have to prove for whom it acts.

## Why it matters
A vendor's account assumes roles of many customers. If the vendor lets a customer enter any role ARN, a stranger enters
yours, and the vendor's system works in your account for him: the confused deputy. A secret that only the two of you know,
the external id, stops that; so does a condition on your organization, where the account belongs to it.

## Five whys
1. Why did a competitor see our bills? The cost tool read them with our role, on his behalf.
2. Why did our role let it? It trusts the vendor's account, whoever it acts for.
3. Why without an external id? The first version of the guide did not mention one.
4. Why was that never asked? Reviews look at what a role may do, and this one only reads.

## Fix now
Take the external id from the vendor's console and add it to the trust policy: `Condition = { StringEquals = {
"sts:ExternalId" = "..." } }`, then `aws iam update-assume-role-policy`. For an account of your own organization use
`aws:PrincipalOrgID` instead.

## Workaround
Name the vendor's role instead of its whole account, if the vendor tells which one it uses: fewer principals can be made to
act for others.

## Prevent
Make roles for vendors by one module that takes the external id as a required variable. Tell `auditor` which accounts are
yours: with the option `own_accounts` (separated by blanks) they are no strangers.

## Validate
`aws sts assume-role --role-arn ROLE_ARN --role-session-name test` from the other account, without `--external-id`, ends in
`AccessDenied`.

## Bad
```hcl
provider "aws" {
  allowed_account_ids = ["111122223333"]
}

resource "aws_iam_role" "costs" {
  name = "costs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::444455556666:root" } # finding
    }]
  })
}
```

## Good
An external id, an account of the organization, a person with a second factor, and an account that may be this one:
```hcl
provider "aws" {
  allowed_account_ids = ["111122223333"]
}

resource "aws_organizations_account" "shop" {
  name  = "shop"
  email = "shop@example.com"
  id    = "777788889999"
}

resource "aws_iam_role" "costs" {
  name = "costs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Condition = { StringEquals = { "sts:ExternalId" = "9d7c41f0" } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = ["arn:aws:iam::777788889999:root", "111122223333"] }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
      },
    ]
  })
}
```
```hcl
data "aws_caller_identity" "me" {}

resource "aws_iam_role" "admin" {
  name = "admin"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:root" }
    }]
  })
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Severity, rule
from auditor.views.decide import undecided
from auditor.views.iam.accounts import account_named, own
from auditor.views.policy import TRUST, Statement, trust_statements

# Who they are for, or that a person is there: each of them keeps a stranger from using the account in between.
_KEYS = frozenset(
    {
        "aws:multifactorauthage", "aws:multifactorauthpresent", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
        "aws:sourceaccount", "aws:sourcearn", "aws:sourceidentity", "aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "sts:externalid",
    }
)  # fmt: skip


@rule(
    target=TRUST,
    each=trust_statements,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV_AWS_61 FG_R00255",
    options={"own_accounts": ""},
)
def check(statement: Statement, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    if not statement.allows:
        return
    open_ = None
    for principal in statement.principals:
        account = account_named(principal.where) if principal.kind == "AWS" else ""
        if not account or account in str(options["own_accounts"]).split():
            continue
        if any(condition.key.lower() in _KEYS and not condition.optional for condition in statement.conditions):
            return
        ours = own(graph, account)
        if ours is False:
            yield Fail(
                principal.where, f"account {account} may assume the role on behalf of anybody", expected="a condition on sts:ExternalId"
            )
        elif ours is None:
            open_ = open_ or undecided(principal.where, f"it is not known whether {account} is this account")
    if open_ is not None:
        raise open_
