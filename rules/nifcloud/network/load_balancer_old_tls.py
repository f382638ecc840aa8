"""A load balancer takes old versions of TLS.

## Why it matters
Without a policy, or with an old one, TLS 1.0 and 1.1 and weak ciphers are offered. They are withdrawn, and forbidden by payment rules.

## Five whys
1. Why did the scan find TLS 1.0? The load balancer offers it.
2. Why? It has no TLS policy, or an old one.
3. Why? The argument is optional, and the default is made for old clients.

## Fix now
`ssl_policy_name = "Standard Ciphers D ver1"`, apply: it is changed in place.

## Workaround
Old clients on a port of their own.

## Prevent
The policy in the load balancer module.

## Validate
`openssl s_client -connect HOST:443 -tls1_1 < /dev/null` fails.

## Bad
```hcl
resource "nifcloud_load_balancer" "web" { # finding
  load_balancer_name = "web"
  load_balancer_port = 443
}

resource "nifcloud_load_balancer" "old" {
  load_balancer_name = "old"
  load_balancer_port = 443
  ssl_policy_name    = "Standard Ciphers A ver1" # finding
}
```

## Good
```hcl
resource "nifcloud_load_balancer" "web" {
  load_balancer_name = "web"
  load_balancer_port = 443
  ssl_policy_name    = "Standard Ciphers D ver1"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_HTTPS = 443
_OLD = re.compile(r"Standard Ciphers [ABC] ver\d+")
_KINDS = "nifcloud_load_balancer nifcloud_load_balancer_listener"


@rule(target=_KINDS, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="AVD-NIF-0020 nifcloud-network-use-secure-tls-policy")
def check(balancer: Node) -> Iterator[Fail]:
    if balancer.at("load_balancer_port").number != _HTTPS:
        return
    name, number = balancer.at("ssl_policy_name"), balancer.at("ssl_policy_id")
    if name.present and _OLD.search(name.text or ""):
        yield Fail(name, f"{name.text} takes old versions of TLS", expected="Standard Ciphers D ver1")
    elif name.missing and (number.missing or number.data == ""):
        yield Fail(name, "no TLS policy is chosen, and the default takes old versions", expected="Standard Ciphers D ver1")
