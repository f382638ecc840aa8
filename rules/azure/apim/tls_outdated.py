"""An API Management service speaks outdated TLS or SSL.

## Why it matters
SSL 3.0, TLS 1.0 and 1.1 can be decrypted by somebody on the way; keys and tokens of all callers go through this gateway.

## Five whys
1. Why did the penetration test get the token? It forced the connection down to TLS 1.0.
2. Why could it? The gateway still allows it.
3. Why? It was switched on for one old caller.

## Fix now
Set the arguments of `security` to false and apply; at once: `az resource update --ids APIM_ID --set
properties.customProperties."Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Tls10"=false`.

## Workaround
Give the one old caller a proxy with modern TLS.

## Prevent
Leave the arguments away: they are false by default.

## Validate
`openssl s_client -tls1 -connect APIM.azure-api.net:443` fails.

## Bad
```hcl
resource "azurerm_api_management" "api" {
  name                = "contoso-api"
  resource_group_name = "shop"
  location            = "westeurope"
  publisher_name      = "Contoso"
  publisher_email     = "api@contoso.example"
  sku_name            = "Premium_1"
  security {
    enable_frontend_tls10 = true # finding
  }
}
```

```hcl
resource "azurerm_api_management" "api" {
  name                = "contoso-api"
  resource_group_name = "shop"
  location            = "westeurope"
  publisher_name      = "Contoso"
  publisher_email     = "api@contoso.example"
  sku_name            = "Premium_1"
  security {
    backend_ssl30_enabled = true # finding
  }
}
```

## Good
```hcl
resource "azurerm_api_management" "api" {
  name                = "contoso-api"
  resource_group_name = "shop"
  location            = "westeurope"
  publisher_name      = "Contoso"
  publisher_email     = "api@contoso.example"
  sku_name            = "Premium_1"
  security {
    enable_frontend_tls10 = false
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_OLD = ("ssl30", "tls10", "tls11")


@rule(
    target="azurerm_api_management",
    severity=Severity.HIGH,
    aliases="CKV_AZURE_173",
)
def check(service: Node) -> Iterator[Fail]:
    security = service.at("security")
    for version in _OLD:
        for side in ("frontend", "backend"):
            names = (f"{side}_{version}_enabled", f"enable_{side}_{version}", f"enable_{side.replace('end', '_end')}_{version}")
            for name in names:
                if security.at(name).flag is True:
                    yield Fail(security.at(name), f"the {side} speaks {version}", expected="false")
