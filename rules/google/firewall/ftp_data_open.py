"""A firewall rule opens the data port of FTP to the whole internet.

## Why it matters
Port 20 is where an FTP server starts its data connections from; nothing ever has to connect to it. A rule that opens it is a leftover,
and lets in whatever listens there by accident, without any encryption.

## Five whys
1. Why is a port open that no service uses? The rule lists the two ports that are known as FTP.
2. Why both? Port 20 belongs to the outgoing side of active FTP, which the rule's author mixed up.
3. Why did nobody notice? An open port without a listener does not fail.

## Fix now
Write the rule without it: `gcloud compute firewall-rules update RULE --allow=tcp:21`. Active FTP needs an outgoing rule, not this one.

## Workaround
`gcloud compute firewall-rules update RULE --source-ranges=PARTNER_RANGE` keeps it for the one who insists.

## Prevent
Replace FTP by SFTP, which has one port and is encrypted.

## Validate
`gcloud compute firewall-rules describe RULE --format="json(allowed)"` shows no 20, and no range that contains it.

## Bad
```hcl
resource "google_compute_firewall" "exchange" {
  name          = "exchange"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["20"] # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "exchange" {
  name          = "exchange"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world

_FTP_DATA = 20


@rule(target=KINDS, severity=Severity.MEDIUM, aliases="CKV_GCP_77")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is not None:
        for ports in Firewall(body).opens(_FTP_DATA):
            yield Fail(ports.node, f"the data port of FTP is open to {source.text}", expected="no port 20", related=(source,))
            return
