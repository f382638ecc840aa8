"""A firewall rule opens a wide range of ports to the internet.

## Why it matters
A range is written for one program and opens the ports of all others that listen in it, on every machine of the network: debuggers, admin
consoles, databases on odd ports.

## Five whys
1. Why was a debugger reachable from the internet? Its port lies in a range that is open.
2. Why is the range open? A program uses changing ports in it.
3. Why for all machines? The rule has no target tags.

## Fix now
`gcloud compute firewall-rules update RULE --allow=tcp:8443 --target-tags=APP`, with the ports the program really uses (`ss -ltnp` on the
machine). Many programs can be told to use one port.

## Workaround
Keep the range for the one machine that needs it: `--target-tags`, and its peers' addresses as `--source-ranges`.

## Prevent
Passive FTP, media servers and the like belong behind a network load balancer with listed ports.

## Validate
`gcloud compute firewall-rules describe RULE --format="json(allowed,targetTags)"` shows single ports or a target.

## Bad
```hcl
resource "google_compute_firewall" "media" {
  name          = "media"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["8000-9000"] # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "media" {
  name          = "media"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  target_tags   = ["media"]
  allow {
    protocol = "udp"
    ports    = ["10000-20000"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world

_WIDE = 16


@rule(target=KINDS, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="AVD-GCP-0074 google-compute-disable-port-range-rule")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is None or Firewall(body).targeted:
        return
    for ports in Firewall(body).allowed():
        if ports.count > _WIDE and ports.protocol in ("tcp", "udp", "6", "17") and not (ports.all and ports.carries_tcp):
            message = f"{ports.count} ports of every machine in the network are open to {source.text}"
            yield Fail(ports.node, message, expected="single ports", related=(source,))
