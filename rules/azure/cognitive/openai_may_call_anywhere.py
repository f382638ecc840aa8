"""An OpenAI service may send data to any address.

## Why it matters
Models with tools and "on your data" fetch addresses that a prompt names. Without a list, an injected prompt sends what the model has read
to a stranger's server.

## Five whys
1. Why did a chat send a document to a foreign address? A prompt told the model to.
2. Why could the service connect there? Its outbound addresses are not limited.
3. Why? Two arguments have to be written for it.

## Fix now
Set `outbound_network_access_restricted = true` with `fqdns` and apply; at once: `az resource update --ids ACCOUNT_ID --set
properties.restrictOutboundNetworkAccess=true properties.allowedFqdnList='["contoso.search.windows.net"]'`.

## Workaround
Take tools that fetch addresses out of the deployment.

## Prevent
Both in the module for accounts of the kind OpenAI.

## Validate
`az cognitiveservices account show --name ACCOUNT --resource-group GROUP --query properties.restrictOutboundNetworkAccess` prints `true`.

## Bad
```hcl
resource "azurerm_cognitive_account" "chat" { # finding
  name                = "contoso-chat"
  resource_group_name = "shop"
  location            = "westeurope"
  kind                = "OpenAI"
  sku_name            = "S0"
}
```

## Good
```hcl
resource "azurerm_cognitive_account" "chat" {
  name                               = "contoso-chat"
  resource_group_name                = "shop"
  location                           = "westeurope"
  kind                               = "OpenAI"
  sku_name                           = "S0"
  outbound_network_access_restricted = true
  fqdns                              = ["contoso.search.windows.net"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_cognitive_account",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_247",
)
def check(account: Node) -> Iterator[Fail]:
    if account.at("kind").text != "OpenAI":
        return
    restricted = account.at("outbound_network_access_restricted")
    if restricted.flag is not True:
        yield Fail(restricted, "the service may send data to any address", expected="true, with a list of fqdns")
    elif account.at("fqdns").missing:
        yield Fail(account.at("fqdns"), "no list says where the service may connect", expected="the addresses that it needs")
