"""A GKE control plane lists the whole internet as an authorized network.

## Why it matters
The list is there to keep strangers away from the API server; with `0.0.0.0/0` in it, it keeps nobody away, and still looks like a
protection in every overview.

## Five whys
1. Why can the API server be reached from anywhere? Its list of networks contains everything.
2. Why? A pipeline's runners have changing addresses.
3. Why was no other way used? The DNS-based endpoint and Connect gateway were not known.

## Fix now
`gcloud container clusters update CLUSTER --location=LOCATION --enable-master-authorized-networks
--master-authorized-networks=203.0.113.0/24,10.0.0.0/8`. Runners: `--enable-dns-access`, which asks IAM instead of addresses.

## Workaround
A private runner pool inside of the network for the deployments.

## Prevent
`enable_private_endpoint = true` with the DNS endpoint; the list as an argument with a `validation` against `0.0.0.0/0`.

## Validate
`curl -mk 5 https://ENDPOINT/version` from outside times out.

## Bad
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  master_authorized_networks_config {
    cidr_blocks {
      cidr_block   = "10.0.0.0/8"
      display_name = "inside"
    }
    cidr_blocks {
      cidr_block   = "0.0.0.0/0" # finding
      display_name = "runners"
    }
  }
}
```

## Good
```hcl
resource "google_container_cluster" "main" {
  name = "main"
  master_authorized_networks_config {
    cidr_blocks {
      cidr_block   = "10.0.0.0/8"
      display_name = "inside"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere
from auditor.views.google.gke import CLUSTER


@rule(target=CLUSTER, severity=Severity.HIGH, aliases="CKV_GCP_18 AVD-GCP-0053 google-gke-no-public-control-plane")
def check(cluster: Node) -> Iterator[Fail]:
    for block in cluster.each("master_authorized_networks_config.cidr_blocks.cidr_block"):
        if is_anywhere(block.text):
            yield Fail(
                block, f"the control plane's authorized networks contain the whole internet ({block.text})", expected="single networks"
            )
