"""The containers of a storage account may be replicated to foreign tenants.

## Why it matters
With one object replication rule whoever may configure the account sends every new blob to a tenant of his own, without any traffic that
your network could see.

## Five whys
1. Why did new invoices appear in a foreign account? A replication rule copied them.
2. Why could it go there? The account allows replication across tenants.
3. Why? It was the default of older versions, and the code kept it.

## Fix now
List rules first: `az storage account or-policy list --account-name ACCOUNT --resource-group GROUP`; then `az storage account update
--name ACCOUNT --resource-group GROUP --allow-cross-tenant-replication false`.

## Workaround
Delete the foreign rule: `az storage account or-policy delete --policy-id ID`.

## Prevent
Leave the argument away with azurerm 4; the policy `Storage accounts should prevent cross tenant object replication`.

## Validate
`az storage account show --name ACCOUNT --query allowCrossTenantReplication` prints `false`.

## Bad
```hcl
resource "azurerm_storage_account" "media" {
  name                             = "contosomedia"
  resource_group_name              = "media"
  location                         = "westeurope"
  account_tier                     = "Standard"
  account_replication_type         = "ZRS"
  cross_tenant_replication_enabled = true # finding
}
```

```hcl
terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 3.117"
    }
  }
}

resource "azurerm_storage_account" "media" { # finding
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
```

## Good
```hcl
resource "azurerm_storage_account" "media" {
  name                             = "contosomedia"
  resource_group_name              = "media"
  location                         = "westeurope"
  account_tier                     = "Standard"
  account_replication_type         = "ZRS"
  cross_tenant_replication_enabled = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.provider import provider_major

_ALLOWED_BY_DEFAULT = 3


@rule(
    target="azurerm_storage_account",
    severity=Severity.MEDIUM,
)
def check(account: Node, graph: Graph) -> Iterator[Fail]:
    allowed = account.at("cross_tenant_replication_enabled")
    if allowed.flag is True or (allowed.missing and provider_major(graph, "azurerm") == _ALLOWED_BY_DEFAULT):
        yield Fail(allowed, "containers may be replicated to accounts of other tenants", expected="false")
