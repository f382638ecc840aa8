"""Attacks on a SQL pool of Synapse are not detected.

## Why it matters
Injection through a report, a guessed password, an export at night: the pool carries them out like any query. An alert policy that is
enabled tells them apart.

## Five whys
1. Why was the export of all customers not noticed? It was a query like others.
2. Why did nothing judge it? The pool has no alert policy that is on.
3. Why? It is a resource of its own, or it says `Disabled`.

## Fix now
`az synapse sql pool threat-policy update --name POOL --workspace-name WORKSPACE --resource-group GROUP --state Enabled --storage-account
ACCOUNT`.

## Workaround
An alert on the audit log for results above a million rows.

## Prevent
Pool and policy in one module; Defender for SQL on the subscription.

## Validate
`az synapse sql pool threat-policy show --name POOL --workspace-name WORKSPACE --resource-group GROUP --query state` prints `Enabled`.

## Bad
```hcl
resource "azurerm_synapse_sql_pool" "sales" { # finding
  name                 = "sales"
  synapse_workspace_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Synapse/workspaces/contoso-reports"
  sku_name             = "DW100c"
}
```

## Good
```hcl
resource "azurerm_synapse_sql_pool" "sales" {
  name                 = "sales"
  synapse_workspace_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Synapse/workspaces/contoso-reports"
  sku_name             = "DW100c"
}

resource "azurerm_synapse_sql_pool_security_alert_policy" "sales" {
  sql_pool_id  = azurerm_synapse_sql_pool.sales.id
  policy_state = "Enabled"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_synapse_sql_pool",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_51",
)
def check(pool: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    policies = graph.attached(resource, "sql_pool_id", "azurerm_synapse_sql_pool_security_alert_policy")
    if not any(policy.body.at("policy_state").text == "Enabled" for policy in policies):
        yield Fail(pool, "attacks on the pool are not detected", expected="an alert policy that is enabled")
