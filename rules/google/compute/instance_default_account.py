"""A machine runs as the project's default service account.

## Why it matters
All machines that nobody gave an account share this one, and in many projects it is editor. A hole in any program on any of them (a forged
request to the metadata server is enough) opens the project.

## Five whys
1. Why could a flaw in a web application delete disks? It got the machine's token.
2. Why may the token do that? It belongs to the default account, which is editor by old habit.
3. Why does the machine run as it? That is what happens without an account of its own.

## Fix now
`gcloud iam service-accounts create APP`, grant the roles it needs, then with the machine stopped: `gcloud compute instances
set-service-account INSTANCE --service-account=APP@PROJECT.iam.gserviceaccount.com --scopes=cloud-platform`.

## Workaround
Take the editor role away from the default account: `gcloud projects remove-iam-policy-binding PROJECT
--member=serviceAccount:NUMBER-compute@developer.gserviceaccount.com --role=roles/editor`.

## Prevent
`constraints/iam.automaticIamGrantsForDefaultServiceAccounts`, and an account per workload in its module.

## Validate
`gcloud compute instances describe INSTANCE --format="value(serviceAccounts.email)"` does not end in
`-compute@developer.gserviceaccount.com`.

## Bad
```hcl
resource "google_compute_instance" "web" {
  name         = "web"
  machine_type = "e2-small"
  service_account {
    email  = "123456789012-compute@developer.gserviceaccount.com" # finding
    scopes = ["cloud-platform"]
  }
}

resource "google_compute_instance_template" "web" {
  machine_type = "e2-small"
  service_account { # finding
    scopes = ["storage-ro"]
  }
}
```

## Good
```hcl
resource "google_compute_instance" "web" {
  name         = "web"
  machine_type = "e2-small"
  service_account {
    email  = "web@acme-prod.iam.gserviceaccount.com"
    scopes = ["cloud-platform"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.compute import made_by_kubernetes
from auditor.views.google.iam import is_default_account

_KINDS = """
google_compute_instance google_compute_instance_from_template google_compute_instance_template
google_compute_region_instance_template
"""


@rule(target=_KINDS, severity=Severity.MEDIUM, aliases="CKV_GCP_30 AVD-GCP-0044 google-compute-no-default-service-account")
def check(instance: Node) -> Iterator[Fail]:
    account = instance.at("service_account")
    if account.missing or made_by_kubernetes(instance):
        return
    email = account.at("email")
    if email.missing or email.data == "" or is_default_account(email):
        yield Fail(email, "the machine runs as the project's default service account", expected="an account of its own")
