"""An access entry of a BigQuery dataset names nobody.

## Why it matters
Older versions of the provider read a grant to `allUsers` back as an entry with a role and no member, so code that was written from such a
state keeps a public dataset public, and its text does not show it.

## Five whys
1. Why is the dataset public although its code names no `allUsers`? One entry has a role and no member.
2. Why? It was written from the state of an older provider.
3. Why did it stay? A plan shows no difference.

## Fix now
See what it is: `bq show --format=prettyjson PROJECT:DATASET`. Name a group in the entry, or take it out, and apply.

## Workaround
Remove the entry on the dataset at once: edit the JSON of the command above, then `bq update --source dataset.json PROJECT:DATASET`.

## Prevent
`google_bigquery_dataset_iam_member` resources, which cannot leave the member out.

## Validate
`bq show --format=prettyjson PROJECT:DATASET` has a member in each entry under `access`.

## Bad
```hcl
resource "google_bigquery_dataset" "crm" {
  dataset_id = "crm"
  access { # finding
    role = "READER"
  }
}
```

## Good
```hcl
resource "google_bigquery_dataset" "crm" {
  dataset_id = "crm"
  access {
    role           = "READER"
    group_by_email = "analysts@example.com"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_WHO = ("user_by_email", "group_by_email", "domain", "special_group", "iam_member", "view", "dataset", "routine")


@rule(
    target="google_bigquery_dataset",
    each="access",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV_GCP_15",
)
def check(access: Node) -> Iterator[Fail]:
    if access.at("role").present and not any(access.at(path).present for path in _WHO):
        yield Fail(access, f"the role {access.at('role').text} is for nobody in particular", expected="a group, a domain or an account")
