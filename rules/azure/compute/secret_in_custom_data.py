"""The start script of a virtual machine holds a secret.

## Why it matters
Custom data lies readable on the machine (`/var/lib/waagent`, `C:/AzureData`), in the plan, in the state and in every clone of the code.
Whoever gets onto the machine as any user reads it.

## Five whys
1. Why did the intruder get from the web server into the database? Its password lay on the machine.
2. Why? The start script carried it.
3. Why? The machine had no identity to fetch it with.

## Fix now
Change the secret, put it into a vault, and fetch it at start with the machine's identity: `az keyvault secret show --vault-name VAULT
--name SECRET --query value -o tsv`.

## Workaround
Delete the copy on the machine after the first start: `shred -u /var/lib/waagent/ovf-env.xml`.

## Prevent
A secret scanner in the pull request; `identity { type = "SystemAssigned" }` in the module for machines.

## Validate
`grep -ri password /var/lib/waagent /var/lib/cloud` on the machine finds nothing.

## Bad
```hcl
resource "azurerm_virtual_machine" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  vm_size             = "Standard_D2s_v3"
  os_profile {
    computer_name  = "worker"
    admin_username = "ops"
    custom_data    = "export DATABASE_PASSWORD=S3cr3tValue99" # finding
  }
}
```

## Good
```hcl
resource "azurerm_virtual_machine" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  vm_size             = "Standard_D2s_v3"
  os_profile {
    computer_name  = "worker"
    admin_username = "ops"
    custom_data    = "export DATABASE_HOST=db.internal"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.azure.custom_data import KINDS, scripts
from auditor.views.secret import conceal
from auditor.views.user_data import Script


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    each=scripts,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_45 AVD-AZU-0037 azure-compute-no-secrets-in-custom-data",
)
def check(script: Script) -> Iterator[Fail]:
    if line := script.access_key_line or script.secret_line:
        yield Fail(
            conceal(script.where), f"line {line} of the custom data seems to hold a secret", expected="no secret", actual="(not shown)"
        )
