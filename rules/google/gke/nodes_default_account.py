"""GKE nodes run as the project's default service account.

## Why it matters
The account is shared by all machines of the project and often editor of it. A container that escapes, or a pod that reaches the metadata
server, holds these rights.

## Five whys
1. Why could an escaped container delete a bucket? The node's account may.
2. Why? It is the default account of Compute Engine, and still editor.
3. Why do the nodes use it? No account was named for them.

## Fix now
`gcloud iam service-accounts create gke-nodes`, give it `roles/container.defaultNodeServiceAccount` and `roles/artifactregistry.reader`,
then `gcloud container node-pools create NEW --cluster=CLUSTER --location=LOCATION
--service-account=gke-nodes@PROJECT.iam.gserviceaccount.com`, drain and delete the old pool.

## Workaround
Take editor away from the default account; the nodes need only logging, monitoring and image pulls.

## Prevent
An account for nodes per cluster, made in the cluster module.

## Validate
`gcloud container node-pools list --cluster=CLUSTER --location=LOCATION --format="value(name,config.serviceAccount)"` shows no `default`.

## Bad
```hcl
resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config { # finding
    machine_type = "e2-standard-4"
  }
}

resource "google_container_cluster" "auto" {
  name = "auto"
  cluster_autoscaling {
    enabled = true
    auto_provisioning_defaults {
      service_account = "default" # finding
    }
  }
}
```

## Good
```hcl
resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config {
    machine_type    = "e2-standard-4"
    service_account = "gke-nodes@acme-prod.iam.gserviceaccount.com"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.google.gke import CLUSTER, POOL, decides_on_nodes
from auditor.views.google.iam import is_default_account

_PATHS = ("node_config", "cluster_autoscaling.auto_provisioning_defaults")


@rule(target=f"{CLUSTER} {POOL}", severity=Severity.MEDIUM, aliases="AVD-GCP-0050 google-gke-use-service-account")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for path in _PATHS:
        for config in body.each(path):
            account = config.at("service_account")
            if not (account.missing or account.text in ("", "default") or is_default_account(account)):
                continue
            if path != "node_config" or decides_on_nodes(body, resource):
                yield Fail(account, "the nodes run as the project's default service account", expected="an account of their own")
