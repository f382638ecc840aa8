"""The code does not say whether pods reach the metadata of their node.

## Why it matters
Without the block, a pool of a cluster with Workload Identity hides the metadata, and any other one gives every pod the token of its node.
Pools that existed before Workload Identity was switched on stay open, and the code shows no difference.

## Five whys
1. Why is one pool of the cluster open, and the other closed? One is older than Workload Identity there.
2. Why does the plan show nothing? The code leaves the mode to the default of the day.
3. Why? The block is optional.

## Fix now
Write `workload_metadata_config { mode = "GKE_METADATA" }` into `node_config`; the plan shows which pools change. At once: `gcloud
container node-pools update POOL --cluster=CLUSTER --location=LOCATION --workload-metadata=GKE_METADATA`.

## Workaround
See how it is: `gcloud container node-pools describe POOL --cluster=CLUSTER --location=LOCATION
--format="value(config.workloadMetadataConfig.mode)"`.

## Prevent
The block in the pool module.

## Validate
The same command prints GKE_METADATA for every pool.

## Bad
```hcl
resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config { # finding
    machine_type = "e2-standard-4"
  }
}

resource "google_container_cluster" "small" { # finding
  name               = "small"
  initial_node_count = 1
}
```

## Good
```hcl
resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config {
    machine_type = "e2-standard-4"
    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.google.gke import CLUSTER, POOL, decides_on_nodes

_PATHS = ("mode", "node_metadata")


@rule(
    target=f"{CLUSTER} {POOL}",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_GCP_69 AVD-GCP-0057 google-gke-node-metadata-security",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    metadata = body.at("node_config.workload_metadata_config")
    silent = all(metadata.at(path).missing or metadata.at(path).data == "" for path in _PATHS)
    if silent and decides_on_nodes(body, resource):
        message = "the code does not hide the nodes' metadata; without Workload Identity pods reach it"
        yield Fail(metadata, message, expected="workload_metadata_config.mode = GKE_METADATA")
