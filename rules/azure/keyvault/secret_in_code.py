"""The value of a secret in a vault is written in the code.

## Why it matters
The vault guards the copy, and the original lies in the repository: in every clone, in the history and in the state. The vault's log shows
none of those readers.

## Five whys
1. Why was the secret known outside, the vault has no strange reader? It was read in the repository.
2. Why is it there? The code makes the secret with its value.
3. Why? The vault had to be filled by something.

## Fix now
Change the secret, write it with `az keyvault secret set --vault-name VAULT --name NAME --value NEW`, and let the code look it up with a
data source or only name it.

## Workaround
`lifecycle { ignore_changes = [value] }` with a placeholder as the value.

## Prevent
`value_wo` with an ephemeral resource, which stays out of plan and state; `random_password` for what no human needs to know.

## Validate
`git log -S VALUE --oneline` finds nothing after the history is cleaned, and the old value is refused.

## Bad
```hcl
resource "azurerm_key_vault_secret" "smtp" {
  name         = "smtp"
  key_vault_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/contoso-shop"
  content_type = "password"
  value        = "Tr0ub4dor-and-3" # finding
}
```

## Good
```hcl
resource "azurerm_key_vault_secret" "smtp" {
  name         = "smtp"
  key_vault_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/contoso-shop"
  content_type = "password"
  value        = random_password.smtp.result
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Profile, Resource, Severity, rule
from auditor.views.secret import blank, conceal, written


@rule(
    target="azurerm_key_vault_secret",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    facets=[Facet.WRITTEN],
)
def check(secret: Node, resource: Resource) -> Iterator[Fail]:
    value = secret.at("value")
    text = written(resource, value)
    if text and not blank(text) and "value" not in resource.ignored:
        yield Fail(
            conceal(value), "the secret's value is written in the code", expected="a generated or looked up value", actual="(sensitive)"
        )
