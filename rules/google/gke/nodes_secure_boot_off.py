"""GKE nodes boot unsigned kernels and modules.

## Why it matters
A container that escapes to its node can then change what boots, and stays there through every restart, below anything that scans
containers. Secure boot refuses what is not signed.

## Five whys
1. Why did the intruder survive a restart of the node? They changed its boot chain.
2. Why was that possible? Secure boot is off for the pool.
3. Why? It is off by default for Shielded nodes.

## Fix now
It is chosen when a pool is made: `gcloud container node-pools create NEW --cluster=CLUSTER --location=LOCATION --shielded-secure-boot
--shielded-integrity-monitoring`, then drain and delete the old one. Unsigned GPU drivers are the one reason not to.

## Workaround
Make nodes short-lived: an upgrade of the pool replaces them from a clean image.

## Prevent
`shielded_instance_config` in the pool module.

## Validate
`gcloud container node-pools describe POOL --cluster=CLUSTER --location=LOCATION
--format="value(config.shieldedInstanceConfig.enableSecureBoot)"` prints True.

## Bad
```hcl
resource "google_container_node_pool" "main" { # finding
  cluster = "main"
}

resource "google_container_node_pool" "batch" {
  cluster = "main"
  node_config {
    shielded_instance_config {
      enable_secure_boot = false # finding
    }
  }
}
```

## Good
```hcl
resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config {
    shielded_instance_config {
      enable_secure_boot = true
    }
  }
}

resource "google_container_cluster" "main" {
  name                     = "main"
  remove_default_node_pool = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.google.gke import CLUSTER, POOL, decides_on_nodes


@rule(target=f"{CLUSTER} {POOL}", severity=Severity.LOW, aliases="CKV_GCP_68")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    boot = body.at("node_config.shielded_instance_config.enable_secure_boot")
    if (boot.missing or boot.flag is not True) and decides_on_nodes(body, resource):
        yield Fail(boot, "the nodes boot unsigned kernels and modules", expected="enable_secure_boot = true")
