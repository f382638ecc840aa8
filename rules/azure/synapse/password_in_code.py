"""The administrator's password of a Synapse workspace is in the code.

## Why it matters
It is in every clone, in the plan and in the state, and it opens all pools as `sqladmin`. Who has ever seen the repository has it.

## Five whys
1. Why did a former contractor log in as administrator? The password was in his clone.
2. Why in the code? The argument was required once.
3. Why was it not a variable? The example had a literal.

## Fix now
`az synapse workspace update --name WORKSPACE --resource-group GROUP --sql-admin-login-password NEW`, put the new one into a vault, take
the argument out, and clean the history of the repository.

## Workaround
Login with Entra ID only: `az synapse ad-only-auth enable --workspace-name WORKSPACE --resource-group GROUP`.

## Prevent
`azuread_authentication_only = true` in the module; a secret scanner in the pull request.

## Validate
`git log -S PASSWORD --oneline` finds nothing, and the old password fails.

## Bad
```hcl
resource "azurerm_synapse_workspace" "reports" {
  name                                 = "contoso-reports"
  resource_group_name                  = "reports"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "https://contosolake.dfs.core.windows.net/reports"
  sql_administrator_login              = "dba"
  sql_administrator_login_password     = "Gr8-Sales-Figures!" # finding
}
```

## Good
```hcl
resource "azurerm_synapse_workspace" "reports" {
  name                                 = "contoso-reports"
  resource_group_name                  = "reports"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "https://contosolake.dfs.core.windows.net/reports"
  sql_administrator_login              = "dba"
  sql_administrator_login_password     = random_password.synapse.result
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.secret import blank, conceal, written


@rule(
    target="azurerm_synapse_workspace",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    facets=[Facet.WRITTEN],
    aliases="CKV_AZURE_239",
)
def check(workspace: Node, resource: Resource) -> Iterator[Fail]:
    password = workspace.at("sql_administrator_login_password")
    text = written(resource, password)
    if text and not blank(text):
        yield Fail(conceal(password), "the administrator's password is in the code", expected="a secret of a vault")
