"""A RAM password may be tried more than five times in an hour.

## Why it matters
With a high limit, or none, a robot tries passwords until one fits. Five wrong tries and an hour's pause leave it with a hundred a day.

## Five whys
1. Why was the password found by trying? Nothing stopped the tries.
2. Why not? The limit is too high, or 0, which means none.
3. Why? People locked themselves out before a holiday once.

## Fix now
`aliyun ram SetPasswordPolicy --MaxLoginAttemps 5` (the API's parameter is spelled so).

## Workaround
Restrict console logins to your networks: `aliyun ram SetSecurityPreference --LoginNetworkMasks 203.0.113.0/24`.

## Prevent
The line in the account's baseline module: 5 is the default.

## Validate
`aliyun ram GetPasswordPolicy` shows `"MaxLoginAttemps": 5`.

## Bad
```hcl
resource "alicloud_ram_account_password_policy" "this" {
  max_login_attempts = 30 # finding
}
```

## Good
```hcl
resource "alicloud_ram_account_password_policy" "this" {
  max_login_attempts = 3
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_MOST = 5


@rule(target="alicloud_ram_account_password_policy", severity=Severity.LOW, aliases="CKV_ALI_23")
def check(policy: Node) -> Iterator[Fail]:
    attempts = policy.at("max_login_attempts")
    if attempts.missing:
        return
    if attempts.number is None or attempts.number == 0 or attempts.number > _MOST:
        yield Fail(attempts, f"a password may be tried {attempts.text} times in an hour (0: without limit)", expected="at most 5")
