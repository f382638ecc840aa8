"""A firewall rule lets the whole internet in.

## Why it matters
Each such rule is a hole that has to be known and wanted. Even for a public web site the machines themselves need not be public, since a
load balancer in front of them connects from a few ranges of Google's.

## Five whys
1. Why can a stranger reach the machine at all? A rule allows `0.0.0.0/0`.
2. Why is it that wide? The clients' addresses were not known when it was written.
3. Why did it stay? Nobody asks for a narrower rule as long as everything works.

## Fix now
For machines behind a load balancer: `gcloud compute firewall-rules update RULE --source-ranges=130.211.0.0/22,35.191.0.0/16`. For people:
`35.235.240.0/20` and IAP. For partners: their ranges.

## Workaround
A service that is meant for everybody: suppress the rule at this line and say which service it is.

## Prevent
Let web servers have no external address (`constraints/compute.vmExternalIpAccess`), so that such a rule opens nothing.

## Validate
`gcloud compute firewall-rules list --filter="direction=INGRESS AND sourceRanges:0.0.0.0/0 AND disabled=false"` lists only rules with a
known reason.

## Bad
```hcl
resource "google_compute_firewall" "api" {
  name          = "api"
  network       = "main"
  source_ranges = ["0.0.0.0/0"] # finding
  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "api" {
  name          = "api"
  network       = "main"
  source_ranges = ["130.211.0.0/22", "35.191.0.0/16"]
  allow {
    protocol = "tcp"
    ports    = ["8443"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.firewall import KINDS, open_to_world


@rule(target=KINDS, severity=Severity.LOW, confidence=Confidence.LIKELY, aliases="AVD-GCP-0027 google-compute-no-public-ingress")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is not None:
        yield Fail(source, "anybody on the internet may connect", expected="the ranges that need it")
