"""A firewall rule opens FTP to the whole internet.

## Why it matters
FTP sends names and passwords in clear text, so every network on the way can read them; and an FTP server that all the world can reach is
tried for anonymous logins and old holes all day.

## Five whys
1. Why was the partner's password known to others? It went over the internet in clear text.
2. Why? Files are exchanged by FTP, and the port is open to all.
3. Why FTP? It is what the partner's system has offered for twenty years.

## Fix now
`gcloud compute firewall-rules update RULE --source-ranges=PARTNER_RANGE`, and offer SFTP on port 22 to the same range instead.

## Workaround
FTPS with a required TLS session (`require_ssl`, `force_local_logins_ssl` in vsftpd) until the partner can change.

## Prevent
Exchange files through a bucket with signed upload addresses, which needs no server at all.

## Validate
`nc -zvw3 ADDRESS 21` from an address outside of the partner's range times out.

## Bad
```hcl
resource "google_compute_firewall" "exchange" {
  name          = "exchange"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["21"] # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "exchange" {
  name          = "exchange"
  network       = "main"
  source_ranges = ["203.0.113.0/24"]
  allow {
    protocol = "tcp"
    ports    = ["21"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world

_FTP = 21


@rule(target=KINDS, severity=Severity.MEDIUM, aliases="CKV_GCP_75")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is not None:
        for ports in Firewall(body).opens(_FTP):
            yield Fail(ports.node, f"FTP is open to {source.text}", expected="SFTP, or the partners' ranges", related=(source,))
            return
