"""A machine uses the default service account with access to every API.

## Why it matters
Scopes were the last limit of the default account. With `cloud-platform` they are gone, and whoever gets a token from the machine has all
that the account is granted in the project, often editor.

## Five whys
1. Why could code on the machine create other machines? Its token is good for every API.
2. Why? The scope is `cloud-platform`, and the account is the default one with the editor role.
3. Why both? An API call failed for lack of a scope, and the widest one solved it.

## Fix now
Give the machine an account of its own and keep the wide scope, as Google advises: roles then decide. With the machine stopped: `gcloud
compute instances set-service-account INSTANCE --service-account=APP@PROJECT.iam.gserviceaccount.com --scopes=cloud-platform`.

## Workaround
Narrow the scopes: `gcloud compute instances set-service-account INSTANCE --scopes=logging-write,monitoring-write,storage-ro`.

## Prevent
A custom constraint on `compute.googleapis.com/Instance` that refuses the default account.

## Validate
On the machine: `curl -s -H "Metadata-Flavor: Google"
http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/email` prints the new account.

## Bad
```hcl
resource "google_compute_instance" "worker" {
  name         = "worker"
  machine_type = "e2-small"
  service_account {
    scopes = ["cloud-platform"] # finding
  }
}
```

## Good
```hcl
resource "google_compute_instance" "worker" {
  name         = "worker"
  machine_type = "e2-small"
  service_account {
    email  = "worker@acme-prod.iam.gserviceaccount.com"
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
_FULL = ("cloud-platform", "https://www.googleapis.com/auth/cloud-platform")


@rule(target=_KINDS, severity=Severity.HIGH, aliases="CKV_GCP_31")
def check(instance: Node) -> Iterator[Fail]:
    account = instance.at("service_account")
    if account.missing or made_by_kubernetes(instance):
        return
    email = account.at("email")
    if not (email.missing or email.data == "" or is_default_account(email)):
        return
    for scope in account.each("scopes"):
        if scope.text in _FULL:
            yield Fail(scope, "the default service account may call every API from this machine", expected="an account of its own")
            return
