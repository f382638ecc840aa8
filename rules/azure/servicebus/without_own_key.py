"""A Service Bus namespace is encrypted with a key of Microsoft.

## Why it matters
The messages are encrypted either way. With a key of your own vault you end all access by disabling it, and its use is logged.

## Five whys
1. Why could we not shred the messages of the ended contract? The key is not ours.
2. Why? The namespace uses the platform's key.
3. Why? A key of our own needs the premium tier, a vault and an identity.

## Fix now
Give the namespace an identity with rights on the key, then `az servicebus namespace encryption add --namespace-name NAMESPACE
--resource-group GROUP --encryption-config key-name=KEY key-vault-uri=URI`.

## Workaround
None is needed where no rule asks for it.

## Prevent
Key and namespace in one module for regulated data.

## Validate
`az servicebus namespace show --name NAMESPACE --resource-group GROUP --query encryption.keySource` prints `Microsoft.KeyVault`.

## Bad
```hcl
resource "azurerm_servicebus_namespace" "orders" { # finding
  name                = "contoso-orders"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
  capacity            = 1
}
```

## Good
```hcl
resource "azurerm_servicebus_namespace" "orders" {
  name                = "contoso-orders"
  resource_group_name = "shop"
  location            = "westeurope"
  sku                 = "Premium"
  capacity            = 1
  customer_managed_key {
    key_vault_key_id = "https://contoso.vault.azure.net/keys/orders"
    identity_id      = azurerm_user_assigned_identity.orders.id
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_servicebus_namespace",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_201",
)
def check(namespace: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if namespace.at("customer_managed_key").present:
        return
    if not graph.attached(resource, "namespace_id", "azurerm_servicebus_namespace_customer_managed_key"):
        yield Fail(namespace, "the namespace's key belongs to Microsoft", expected="a customer managed key")
