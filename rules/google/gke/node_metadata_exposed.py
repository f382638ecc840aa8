"""Pods on GKE nodes reach the metadata of their node.

## Why it matters
One request from any pod returns a token of the node's service account, and the node's bootstrap credentials with it. A forged request
through a web application is enough to take over the node's identity.

## Five whys
1. Why did a hole in a web page yield a Google Cloud token? The page could be made to ask the metadata server.
2. Why did that answer? The pool exposes the node's metadata to pods.
3. Why? A program reads the project's name from there.

## Fix now
`gcloud container clusters update CLUSTER --location=LOCATION --workload-pool=PROJECT.svc.id.goog`, then `gcloud container node-pools
update POOL --cluster=CLUSTER --location=LOCATION --workload-metadata=GKE_METADATA`. Nodes are made anew; programs that used the node's
account need a Workload Identity binding first.

## Workaround
A network policy that denies `169.254.169.254/32` to all pods but those that need it.

## Prevent
`workload_metadata_config { mode = "GKE_METADATA" }` in the pool module, and a node account with nothing but logging and metrics.

## Validate
`kubectl run t --rm -it --image=curlimages/curl -- -H "Metadata-Flavor: Google"
http://metadata.google.internal/computeMetadata/v1/instance/attributes/kube-env` prints 403 or 404.

## Bad
```hcl
resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config {
    workload_metadata_config {
      mode = "GCE_METADATA" # finding
    }
  }
}
```

## Good
```hcl
resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config {
    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.gke import CLUSTER, POOL

_EXPOSED = frozenset({"EXPOSE", "UNSPECIFIED", "GCE_METADATA", "MODE_UNSPECIFIED"})
_PATHS = ("mode", "node_metadata")


@rule(
    target=f"{CLUSTER} {POOL}",
    each="node_config",
    severity=Severity.HIGH,
    aliases="CKV_GCP_69 AVD-GCP-0057 google-gke-node-metadata-security",
)
def check(config: Node) -> Iterator[Fail]:
    for path in _PATHS:
        mode = config.at("workload_metadata_config").at(path)
        if mode.present and mode.text in _EXPOSED:
            yield Fail(mode, "pods reach the node's metadata, with the token of its service account", expected="GKE_METADATA")
