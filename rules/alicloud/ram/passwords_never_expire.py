"""Passwords of RAM users do not expire within 90 days.

## Why it matters
A stolen password works until it is changed, and nobody knows which ones are stolen. An expiry bounds that time for accounts that have
nothing else, and shows which users are not used any more.

## Five whys
1. Why did a password of an old leak still work? It had not been changed for three years.
2. Why not? Passwords do not expire.
3. Why? `max_password_age` is 0, the default.

## Fix now
`aliyun ram SetPasswordPolicy --MaxPasswordAge 90`. With `hard_expiry` users whose time is over cannot change it by themselves; keep that
false for the first round.

## Workaround
Look for stale users: `aliyun ram GetLoginProfile` and the credential report (`aliyun ims GenerateCredentialReport`).

## Prevent
Single sign-on; then suppress the rule with that reason, since expiry makes people choose worse passwords.

## Validate
`aliyun ram GetPasswordPolicy` shows `"MaxPasswordAge": 90` or less, and not 0.

## Bad
```hcl
resource "alicloud_ram_account_password_policy" "this" { # finding
  minimum_password_length = 14
}

resource "alicloud_ram_account_password_policy" "long" {
  max_password_age = 365 # finding
}
```

## Good
```hcl
resource "alicloud_ram_account_password_policy" "this" {
  max_password_age = 90
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_LONGEST = 90


@rule(target="alicloud_ram_account_password_policy", severity=Severity.INFO, aliases="CKV_ALI_16")
def check(policy: Node) -> Iterator[Fail]:
    age = policy.at("max_password_age")
    days = 0 if age.missing else age.number
    if days is None or days == 0 or days > _LONGEST:
        said = "never expire" if not days else f"are valid for {age.text} days"
        yield Fail(age, f"passwords {said}", expected="at most 90 days")
