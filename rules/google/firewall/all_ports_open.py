"""A firewall rule opens every port of chosen machines to the internet.

## Why it matters
The machines stand on the internet as if there were no firewall: databases, metrics, agents, everything that listens and that nobody
thought of as public.

## Five whys
1. Why was an internal port attacked from outside? No firewall stood before it.
2. Why not? A rule without ports, or with all of them, lets everybody in.
3. Why does it exist? It was made to see whether the firewall is the reason for a failing connection, and never deleted.

## Fix now
Close it now: `gcloud compute firewall-rules update RULE --disabled`. Look at which connections it carried (`gcloud logging read
'jsonPayload.rule_details.reference:RULE'` if logging was on), and write rules for those ports.

## Workaround
Narrow the sources to those that are in use: `gcloud compute firewall-rules update RULE --source-ranges=RANGES`.

## Prevent
To search for such causes use `gcloud network-management connectivity-tests create`, which tells the blocking rule without opening
anything.

## Validate
`gcloud compute firewall-rules list --filter="sourceRanges:0.0.0.0/0 AND allowed[].IPProtocol=all"` prints nothing.

## Bad
```hcl
resource "google_compute_firewall" "debug" {
  name          = "debug"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  target_tags   = ["debug"]
  allow {
    protocol = "all" # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "debug" {
  name          = "debug"
  network       = "main"
  source_ranges = ["10.0.0.0/8"]
  allow {
    protocol = "all"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world


@rule(
    target=KINDS,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV2_GCP_12 CKV_GCP_2 CKV_GCP_3 CKV_GCP_75 CKV_GCP_77 CKV_GCP_88 CKV_GCP_106",
)
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is None or Firewall(body).on_every_machine:
        return
    for ports in Firewall(body).opens_all():
        message = f"every port of the machines ({ports.protocol}) is open to {source.text}"
        yield Fail(ports.node, message, expected="the ports that are served", related=(source,))
        return
