"""A SQL pool of Synapse is not assessed for holes again and again.

## Why it matters
Grants and logins change every week in a warehouse. Only a scan that repeats finds the one that is too wide.

## Five whys
1. Why did a forgotten login stay for a year? No scan listed it.
2. Why? The assessment is missing, or its recurring scans are off.
3. Why? It hangs on the alert policy, and was forgotten there.

## Fix now
`azurerm_synapse_sql_pool_vulnerability_assessment` with `recurring_scans { enabled = true }` and the address of the team.

## Workaround
The express configuration of Defender for SQL, which scans weekly without a storage account.

## Prevent
Policy and assessment in one module.

## Validate
The pool's last assessment in Defender for Cloud is less than a week old.

## Bad
```hcl
resource "azurerm_synapse_sql_pool_security_alert_policy" "sales" { # finding
  sql_pool_id  = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Synapse/workspaces/contoso-reports/sqlPools/sales"
  policy_state = "Enabled"
}

resource "azurerm_synapse_sql_pool_vulnerability_assessment" "sales" {
  sql_pool_security_alert_policy_id = azurerm_synapse_sql_pool_security_alert_policy.sales.id
  storage_container_path            = "https://contosologs.blob.core.windows.net/assessments/"
  recurring_scans {
    enabled = false
  }
}
```

## Good
```hcl
resource "azurerm_synapse_sql_pool_security_alert_policy" "sales" {
  sql_pool_id  = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Synapse/workspaces/contoso-reports/sqlPools/sales"
  policy_state = "Enabled"
}

resource "azurerm_synapse_sql_pool_vulnerability_assessment" "sales" {
  sql_pool_security_alert_policy_id = azurerm_synapse_sql_pool_security_alert_policy.sales.id
  storage_container_path            = "https://contosologs.blob.core.windows.net/assessments/"
  recurring_scans {
    enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_synapse_sql_pool_security_alert_policy",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_52",
)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    path, kind = "sql_pool_security_alert_policy_id", "azurerm_synapse_sql_pool_vulnerability_assessment"
    if not any(found.body.at("recurring_scans.enabled").flag is True for found in graph.attached(resource, path, kind)):
        yield Fail(policy, "the pool is not assessed again and again", expected="an assessment with recurring scans")
