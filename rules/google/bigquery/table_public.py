"""A BigQuery table grants a role to everybody.

## Why it matters
Anybody with a Google account queries the table from a project of their own and pays for the query; your side shows nothing but a data
access log entry. One `SELECT *` copies it whole.

## Five whys
1. Why does a stranger have the customer table? A query from another project was allowed.
2. Why? The table's policy names all users.
3. Why? Sharing with an analyst outside of the company failed, since a table does not know guests.

## Fix now
`bq remove-iam-policy-binding --table=true --member=allUsers --role=ROLE PROJECT:DATASET.TABLE`, then look at who has read it: the `jobs`
with `tableDataRead` in the data access log.

## Workaround
Share a view without the sensitive columns, or an Analytics Hub listing with named subscribers.

## Prevent
The organization policy `constraints/iam.allowedPolicyMemberDomains`; grants on datasets to groups rather than on tables.

## Validate
`bq get-iam-policy --table=true PROJECT:DATASET.TABLE` names neither `allUsers` nor `allAuthenticatedUsers`.

## Bad
```hcl
resource "google_bigquery_table_iam_binding" "customers" {
  dataset_id = "crm"
  table_id   = "customers"
  role       = "roles/bigquery.dataViewer"
  members = [
    "group:analysts@example.com",
    "allAuthenticatedUsers", # finding
  ]
}
```

## Good
```hcl
resource "google_bigquery_table_iam_binding" "customers" {
  dataset_id = "crm"
  table_id   = "customers"
  role       = "roles/bigquery.dataViewer"
  members    = ["group:analysts@example.com"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.iam import public_members


@rule(
    target="google_bigquery_table_iam_member google_bigquery_table_iam_binding",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_GCP_100",
)
def check(grant: Node) -> Iterator[Fail]:
    for member in public_members(grant):
        yield Fail(member, f"the table is open to {member.text}")
