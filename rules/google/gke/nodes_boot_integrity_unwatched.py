"""Integrity monitoring of GKE nodes is switched off.

## Why it matters
It reports a node whose boot differs from the image that GKE gave it. On by default, it costs nothing; off, a changed kernel goes
unnoticed for the node's life.

## Five whys
1. Why was the node with the changed kernel never reported? Its boot was not compared.
2. Why not? Integrity monitoring is off for its pool.
3. Why? Somebody copied a block in which all of shielding is off.

## Fix now
Make a new pool: `gcloud container node-pools create NEW --cluster=CLUSTER --location=LOCATION --shielded-integrity-monitoring`, drain and
delete the old one.

## Workaround
Replace the nodes often; look at the boot measurements in the log: `gcloud logging read
'logName:"compute.googleapis.com%2Fshielded_vm_integrity"' --limit=5`.

## Prevent
Leave the argument out, or true in the pool module; an alert on `earlyBootReportEvent` with `policyEvaluationPassed: false`.

## Validate
`gcloud container node-pools describe POOL --cluster=CLUSTER --location=LOCATION
--format="value(config.shieldedInstanceConfig.enableIntegrityMonitoring)"` prints True.

## Bad
```hcl
resource "google_container_node_pool" "main" {
  cluster = "main"
  node_config {
    shielded_instance_config {
      enable_integrity_monitoring = false # finding
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
      enable_integrity_monitoring = true
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.google.gke import CLUSTER, POOL, decides_on_nodes


@rule(target=f"{CLUSTER} {POOL}", severity=Severity.LOW, aliases="CKV_GCP_72")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    monitoring = body.at("node_config.shielded_instance_config.enable_integrity_monitoring")
    if monitoring.present and monitoring.flag is False and decides_on_nodes(body, resource):
        yield Fail(monitoring, "nobody compares what the nodes boot with what they should boot", expected="true")
