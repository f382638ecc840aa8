"""Kubernetes nodes run as the project's default service account.

## Why it matters
Pods that reach the metadata server get the node's token. With the default account this is a token for whatever the project's machines are
allowed to do, by old habit editor of the project.

## Five whys
1. Why could a pod change virtual machines? It used the token of its node.
2. Why is that token so strong? The nodes run as the default account of Compute Engine.
3. Why? The pool refers to the default accounts of the project instead of an account of its own.

## Fix now
`gcloud iam service-accounts create gke-nodes`, grant it `roles/container.defaultNodeServiceAccount`, and make a new pool with
`--service-account=gke-nodes@PROJECT.iam.gserviceaccount.com`; drain and delete the old one.

## Workaround
Hide the node's token from pods: `gcloud container node-pools update POOL --cluster=CLUSTER --workload-metadata=GKE_METADATA`.

## Prevent
An account per cluster in the cluster module; `action = "DISABLE"` for the default accounts of each project.

## Validate
`gcloud container node-pools describe POOL --cluster=CLUSTER --format="value(config.serviceAccount)"` prints neither `default` nor an
account of `developer.gserviceaccount.com`.

## Bad
```hcl
resource "google_project_default_service_accounts" "this" { # finding
  project = "acme-prod"
  action  = "DEPRIVILEGE"
}

resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config {
    service_account = google_project_default_service_accounts.this.id
  }
}
```

## Good
```hcl
resource "google_project_default_service_accounts" "this" {
  project = "acme-prod"
  action  = "DISABLE"
}

resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config {
    service_account = "gke-nodes@acme-prod.iam.gserviceaccount.com"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule

_USERS = ("google_container_cluster", "google_container_node_pool")


@rule(target="google_project_default_service_accounts", severity=Severity.MEDIUM, aliases="CKV2_GCP_1")
def check(accounts: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for user in graph.attached(resource, "node_config.service_account", *_USERS):
        node = user.at("node_config.service_account")
        yield Fail(accounts, "Kubernetes nodes run as the project's default service account", related=(node,))
        return
