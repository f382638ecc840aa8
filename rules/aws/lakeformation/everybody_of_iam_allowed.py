"""Lake Formation leaves access to data to IAM alone.

## Why it matters
The group `IAM_ALLOWED_PRINCIPALS` with ALL means that Lake Formation decides nothing: its grants, filters and column rules have no effect
for whoever may call Glue and S3 by IAM. It is the state for migrations, and often stays.

## Five whys
1. Why did the column filter not hide the salaries? The user got in by IAM.
2. Why did that count? `IAM_ALLOWED_PRINCIPALS` has ALL on new databases and tables.
3. Why? These are the settings that Lake Formation starts with.

## Fix now
Grant what users need in Lake Formation, then revoke: `aws lakeformation revoke-permissions --principal
DataLakePrincipalIdentifier=IAM_ALLOWED_PRINCIPALS --permissions ALL --resource …`, and take it out of the default permissions. Until the
grants are there, queries fail.

## Workaround
Hybrid mode: opt single principals in (`aws lakeformation create-lake-formation-opt-in`).

## Prevent
Empty default permissions in `aws_lakeformation_data_lake_settings`.

## Validate
`aws lakeformation get-data-lake-settings` shows empty lists for the two defaults.

## Bad
```hcl
resource "aws_lakeformation_data_lake_settings" "lake" {
  admins = ["arn:aws:iam::111122223333:role/lake-admin"]
  create_table_default_permissions {
    permissions = ["ALL"]
    principal   = "IAM_ALLOWED_PRINCIPALS" # finding
  }
}
```

## Good
```hcl
resource "aws_lakeformation_data_lake_settings" "lake" {
  admins = ["arn:aws:iam::111122223333:role/lake-admin"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

PATHS = ("principal", "create_database_default_permissions.principal", "create_table_default_permissions.principal")


@rule(
    target="aws_lakeformation_data_lake_settings aws_lakeformation_permissions",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
)
def check(body: Node) -> Iterator[Fail]:
    for path in PATHS:
        for principal in body.each(path):
            if principal.text == "IAM_ALLOWED_PRINCIPALS":
                yield Fail(principal, "access to the data is left to IAM alone", expected="the roles that need it")
