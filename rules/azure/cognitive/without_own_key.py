"""An AI service is encrypted with a key of Microsoft.

## Why it matters
Uploaded files and custom models are encrypted either way. A key of your own lets you end all access; some contracts ask for it.

## Five whys
1. Why does the service not fit the contract? It asks for keys of our own.
2. Why has it none? Neither the block nor the resource names one.
3. Why? A vault and an identity come first.

## Fix now
`az cognitiveservices account update --name ACCOUNT --resource-group GROUP --encryption '{"keySource": "Microsoft.KeyVault",
"keyVaultProperties": {"keyName": "KEY", "keyVersion": "V", "keyVaultUri": "URI"}}'`.

## Workaround
None is needed where no rule asks for it.

## Prevent
The key as an input of the module for regulated data.

## Validate
`az cognitiveservices account show --name ACCOUNT --resource-group GROUP --query properties.encryption.keySource`.

## Bad
```hcl
resource "azurerm_cognitive_account" "vision" { # finding
  name                = "contoso-vision"
  resource_group_name = "shop"
  location            = "westeurope"
  kind                = "ComputerVision"
  sku_name            = "S1"
}
```

## Good
```hcl
resource "azurerm_cognitive_account" "vision" {
  name                = "contoso-vision"
  resource_group_name = "shop"
  location            = "westeurope"
  kind                = "ComputerVision"
  sku_name            = "S1"
}

resource "azurerm_cognitive_account_customer_managed_key" "vision" {
  cognitive_account_id = azurerm_cognitive_account.vision.id
  key_vault_key_id     = "https://contoso.vault.azure.net/keys/vision/0123456789abcdef"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_cognitive_account",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_22",
)
def check(account: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if account.at("customer_managed_key").present:
        return
    if not graph.attached(resource, "cognitive_account_id", "azurerm_cognitive_account_customer_managed_key"):
        yield Fail(account, "the service's key belongs to Microsoft", expected="a customer managed key")
