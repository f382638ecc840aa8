"""An application gateway accepts outdated TLS versions or ciphers.

## Why it matters
Without a policy the gateway takes the defaults of its birth: TLS 1.0 and ciphers that can be broken. The login page of your customers is
behind it.

## Five whys
1. Why did the bank's audit fail the shop? The gateway negotiated TLS 1.0.
2. Why? No TLS policy, or an old one, is set.
3. Why? The block is optional.

## Fix now
`az network application-gateway ssl-policy set --gateway-name GATEWAY --resource-group GROUP --policy-type Predefined --name
AppGwSslPolicy20220101`.

## Workaround
Front Door in front, which speaks TLS 1.2 and 1.3 to the browsers.

## Prevent
The predefined policy in the module.

## Validate
`openssl s_client -tls1_1 -connect SHOP:443` fails; `az network application-gateway ssl-policy show` names the policy.

## Bad
```hcl
resource "azurerm_application_gateway" "shop" { # finding
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
}
```

```hcl
resource "azurerm_application_gateway" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  ssl_policy {
    policy_type          = "Custom"
    min_protocol_version = "TLSv1_0" # finding
  }
}
```

```hcl
resource "azurerm_application_gateway" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  ssl_policy {
    policy_name = "AppGwSslPolicy20150501" # finding
  }
}
```

## Good
```hcl
resource "azurerm_application_gateway" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  ssl_policy {
    policy_type = "Predefined"
    policy_name = "AppGwSslPolicy20220101"
  }
}
```

```hcl
resource "azurerm_application_gateway" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  ssl_policy {
    policy_type          = "Custom"
    min_protocol_version = "TLSv1_2"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given

_MODERN = frozenset({"AppGwSslPolicy20170401S", "AppGwSslPolicy20220101", "AppGwSslPolicy20220101S"})


@rule(
    target="azurerm_application_gateway",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_218",
)
def check(gateway: Node) -> Iterator[Fail]:
    policy = gateway.at("ssl_policy")
    name, version = policy.at("policy_name"), policy.at("min_protocol_version")
    if given(name):
        if name.text not in _MODERN:
            yield Fail(name, "the gateway accepts outdated TLS", expected="AppGwSslPolicy20220101")
    elif version.text not in ("TLSv1_2", "TLSv1_3"):
        yield Fail(version, "the gateway accepts outdated TLS", expected="TLSv1_2")
