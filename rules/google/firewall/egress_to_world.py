"""A firewall rule lets machines connect to the whole internet.

## Why it matters
Stolen data and the orders of malware travel out, not in. A network that lets everything out cannot stop either, and does not notice.

## Five whys
1. Why could the malware send data home? The machine may connect to any address.
2. Why? An outgoing rule allows `0.0.0.0/0`.
3. Why so wide? Updates and APIs change their addresses, and the rule was to stop tickets.

## Fix now
Allow what is needed: `gcloud compute firewall-rules update RULE --destination-ranges=199.36.153.8/30` reaches Google's APIs privately;
names instead of addresses go into a network firewall policy (`gcloud compute network-firewall-policies rules create ...
--dest-fqdns=...`).

## Workaround
Log what leaves before you narrow it: `gcloud compute firewall-rules update RULE --enable-logging`.

## Prevent
Deny outgoing traffic by default (`priority = 65534`), and send the web through Secure Web Proxy with a list of names.

## Validate
On a machine: `curl -m 5 https://example.com` fails, while `curl -m 5 https://storage.googleapis.com` works.

## Bad
```hcl
resource "google_compute_firewall" "out" {
  name               = "out"
  network            = "main"
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"] # finding
  allow {
    protocol = "tcp"
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "out" {
  name               = "out"
  network            = "main"
  direction          = "EGRESS"
  destination_ranges = ["199.36.153.8/30"]
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}

resource "google_compute_firewall" "closed" {
  name               = "closed"
  network            = "main"
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"]
  deny {
    protocol = "all"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall


@rule(target=KINDS, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="AVD-GCP-0035 google-compute-no-public-egress")
def check(body: Node) -> Iterator[Fail]:
    firewall = Firewall(body)
    if firewall.incoming or not firewall.allows or not firewall.enforced:
        return
    for destination in firewall.anywhere():
        yield Fail(destination, "machines may connect to any address on the internet", expected="the ranges that are needed")
        return
