"""A network has no firewall rule of its own.

## Why it matters
Without a rule in the code, what is open is decided elsewhere: by the implied rules (nothing in, everything out), by somebody's click, or
by a policy above. Nobody can review it, and a new project gets another answer.

## Five whys
1. Why is a port open in production and closed in the test? The rules differ.
2. Why? They were made by hand in both.
3. Why? The code makes the network, and no rule for it.

## Fix now
List what is there: `gcloud compute firewall-rules list --filter="network~/NETWORK$" --format=json`. Write it as `google_compute_firewall`
with an `import` block, then narrow it.

## Workaround
When a hierarchical policy or another root module holds the rules: suppress the rule with that reason.

## Prevent
The module that makes the network takes its firewall rules as an argument.

## Validate
`terraform state list | grep google_compute_firewall` is not empty, and the next plan shows no change.

## Bad
```hcl
resource "google_compute_network" "main" { # finding
  name                    = "main"
  auto_create_subnetworks = false
}
```

## Good
```hcl
resource "google_compute_network" "main" {
  name                    = "main"
  auto_create_subnetworks = false
}

resource "google_compute_firewall" "iap" {
  name          = "iap"
  network       = google_compute_network.main.name
  source_ranges = ["35.235.240.0/20"]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule

_RULES = ("google_compute_firewall", "google_compute_network_firewall_policy_association")


@rule(
    target="google_compute_network",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    aliases="CKV2_GCP_18",
)
def check(network: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if graph.attached(resource, "network", "google_compute_firewall"):
        return
    if not graph.attached(resource, "attachment_target", "google_compute_network_firewall_policy_association"):
        yield Fail(network, "no firewall rule is written for the network", expected="a google_compute_firewall")
