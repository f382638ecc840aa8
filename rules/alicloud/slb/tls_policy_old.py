"""A TLS policy of a load balancer lets clients speak old versions.

## Why it matters
TLS 1.0 and 1.1 are withdrawn; payment rules forbid them, and an attacker in the middle forces clients down to them where they are
offered.

## Five whys
1. Why did the card audit fail? The load balancer speaks TLS 1.0.
2. Why? The policy lists it.
3. Why? It was made for a client that is long gone.

## Fix now
`aliyun slb SetTLSCipherPolicyAttribute --TLSCipherPolicyId ID --Name NAME --TLSVersions.1 TLSv1.2 --TLSVersions.2 TLSv1.3 --Ciphers.1
ECDHE-RSA-AES256-GCM-SHA384`; it works at once.

## Workaround
Old clients on a listener and port of their own.

## Prevent
`["TLSv1.2", "TLSv1.3"]` as a constant in the module.

## Validate
`openssl s_client -connect HOST:443 -tls1_1 < /dev/null` fails.

## Bad
```hcl
resource "alicloud_slb_tls_cipher_policy" "web" {
  tls_cipher_policy_name = "web"
  tls_versions           = ["TLSv1.1", "TLSv1.2"] # finding
  ciphers                = ["ECDHE-RSA-AES256-GCM-SHA384"]
}
```

## Good
```hcl
resource "alicloud_slb_tls_cipher_policy" "web" {
  tls_cipher_policy_name = "web"
  tls_versions           = ["TLSv1.2", "TLSv1.3"]
  ciphers                = ["ECDHE-RSA-AES256-GCM-SHA384"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_OLD = ("TLSv1.0", "TLSv1.1", "SSLv3")


@rule(target="alicloud_slb_tls_cipher_policy", severity=Severity.MEDIUM, aliases="CKV_ALI_33")
def check(policy: Node) -> Iterator[Fail]:
    for version in policy.each("tls_versions"):
        if version.text in _OLD:
            yield Fail(version, f"clients may speak {version.text}", expected="TLSv1.2 and TLSv1.3")
