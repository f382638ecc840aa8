"""A GKE cluster lets people log in by user name and password.

## Why it matters
The password is static, stands in state and code, and cannot be changed without touching the cluster. Whoever has it is administrator,
from everywhere the API is reachable, and no second factor asks.

## Five whys
1. Why did a password from an old plan file open the cluster? It never changed.
2. Why is there a password? `master_auth` sets one.
3. Why? The cluster is older than IAM for Kubernetes.

## Fix now
Set both to empty texts and apply, or `gcloud container clusters update CLUSTER --location=LOCATION --no-enable-basic-auth`. The control
plane restarts.

## Workaround
Until then: `gcloud container clusters update CLUSTER --location=LOCATION --set-password`, with a random one, and authorized networks.

## Prevent
GKE from 1.19 on does not have it any more: upgrade.

## Validate
`curl -ku admin:PASSWORD https://ENDPOINT/api` answers 401.

## Bad
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  master_auth {
    username = "admin" # finding
    password = var.password
  }
}

variable "password" {
  type      = string
  sensitive = true
}
```

## Good
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  master_auth {
    username = ""
    password = ""
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.gke import CLUSTER


@rule(target=CLUSTER, severity=Severity.HIGH, aliases="AVD-GCP-0064 google-gke-no-legacy-authentication")
def check(cluster: Node) -> Iterator[Fail]:
    login = cluster.at("master_auth")
    user, password = login.at("username"), login.at("password")
    if (user.present and user.text) and (password.unknown or (password.present and password.text)):
        yield Fail(user, "the cluster's API takes a user name and a password", expected="no username")
