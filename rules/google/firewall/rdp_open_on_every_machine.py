"""A firewall rule opens Remote Desktop on every machine of a network.

## Why it matters
Without targets the rule holds for each Windows machine that anybody starts in this network, from the first minute, before its updates are
installed. The internet finds it faster than the administrator.

## Five whys
1. Why was a machine taken over while it was being set up? Its Remote Desktop was open already.
2. Why? A rule of the network opens 3389 for every machine in it.
3. Why for every machine? The rule has neither target tags nor target service accounts.

## Fix now
`gcloud compute firewall-rules update RULE --target-tags=jump-host --source-ranges=35.235.240.0/20`; machines without that tag are closed
within seconds.

## Workaround
`gcloud compute firewall-rules update RULE --disabled` until the jump host is tagged.

## Prevent
A network of its own for jump hosts; rules with targets only, which a review of the module enforces.

## Validate
`gcloud compute firewall-rules describe RULE --format="value(targetTags,sourceRanges)"` prints the tag and the range of IAP.

## Bad
```hcl
resource "google_compute_firewall" "desktop" {
  name          = "desktop"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["3380-3400"] # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "desktop" {
  name          = "desktop"
  network       = "main"
  source_ranges = ["35.235.240.0/20"]
  target_tags   = ["jump-host"]
  allow {
    protocol = "tcp"
    ports    = ["3389"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world
from auditor.views.ports import RDP


@rule(target=KINDS, severity=Severity.CRITICAL, profile=Profile.GATE, aliases="AVD-GCP-0070 google-compute-no-open-rdp-access CKV_GCP_3")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is None or Firewall(body).targeted:
        return
    for ports in Firewall(body).opens(RDP):
        message = f"Remote Desktop of every machine in the network is open to {source.text}"
        yield Fail(ports.node, message, expected="target_tags", related=(source,))
        return
