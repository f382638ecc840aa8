"""A storage account is not held at TLS 1.2.

## Why it matters
What is not written is the provider's default: TLS 1.0 before azurerm 3.0, TLS 1.2 since. A module that is used with both has two security
levels, and nobody sees it in the code.

## Five whys
1. Why does one subscription still accept TLS 1.0? Its stack is pinned to azurerm 2.
2. Why does the version matter? The same code has another default there.
3. Why does the default decide? `min_tls_version` is not written.

## Fix now
Write `min_tls_version = "TLS1_2"` and apply; at once: `az storage account update --name ACCOUNT --resource-group GROUP --min-tls-version
TLS1_2`.

## Workaround
Pin `azurerm` to `>= 3.0` in every stack that uses the module; its default is TLS 1.2.

## Prevent
Keep the argument in the module for storage accounts, without a variable.

## Validate
`az storage account list --query "[?minimumTlsVersion!='TLS1_2'].name" -o tsv` prints nothing.

## Bad
```hcl
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
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  min_tls_version          = "TLS1_2"
}
```

```hcl
terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
}

resource "azurerm_storage_account" "media" {
  name                     = "contosomedia"
  resource_group_name      = "media"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import given
from auditor.views.provider import provider_major

_DEFAULTS_TO_MODERN = 3


@rule(
    target="azurerm_storage_account",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_44 azure-storage-use-secure-tls-policy",
)
def check(account: Node, graph: Graph) -> Iterator[Fail]:
    version = account.at("min_tls_version")
    if not given(version) and (provider_major(graph, "azurerm") or 0) < _DEFAULTS_TO_MODERN:
        yield Fail(version, "the account is not held at TLS 1.2", expected="TLS1_2", actual="not set")
