"""An auditing policy keeps its log for less than 90 days.

## Why it matters
The average break-in is found after months. A log of a week answers only questions that are asked within the week.

## Five whys
1. Why is the log of March empty? It was deleted in April.
2. Why so early? `retention_in_days` says so.
3. Why? Storage was to be saved; the log of a year costs less than an hour of the people who need it.

## Fix now
`az sql db audit-policy update --name DB --server SERVER --resource-group GROUP --retention-days 180` (for a server `az sql server
audit-policy update`).

## Workaround
A lifecycle rule on the account moves old logs to the cool tier, for those who want it cheap.

## Prevent
A number in the module, not in each stack; 0 keeps the log for ever.

## Validate
`az sql db audit-policy show --name DB --server SERVER --resource-group GROUP --query retentionDays`.

## Bad
```hcl
resource "azurerm_mssql_database_extended_auditing_policy" "orders" {
  database_id       = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Sql/servers/contoso-shop/databases/orders"
  storage_endpoint  = "https://contosologs.blob.core.windows.net"
  retention_in_days = 6 # finding
}
```

## Good
```hcl
resource "azurerm_mssql_database_extended_auditing_policy" "orders" {
  database_id       = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Sql/servers/contoso-shop/databases/orders"
  storage_endpoint  = "https://contosologs.blob.core.windows.net"
  retention_in_days = 180
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_mssql_server_extended_auditing_policy azurerm_mssql_database_extended_auditing_policy",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="AVD-AZU-0025 azure-database-retention-period-set",
)
def check(policy: Node) -> Iterator[Fail]:
    days = policy.at("retention_in_days")
    if 0 < (days.number or 0) < 90:
        yield Fail(days, "the audit log is kept for less than 90 days", expected="90 days or more, or 0 for ever")
