"""A firewall rule opens MySQL to the whole internet.

## Why it matters
A database port has no second line of defence: the password of one database user separates the internet from all tables. Such ports are
found by scanners within hours, and emptied databases with a ransom note in their place are what follows.

## Five whys
1. Why was the database replaced by a ransom note? A robot guessed the password of `root`.
2. Why could it try? The firewall rule lets everybody connect to 3306.
3. Why? A report tool at the office had to reach the database.

## Fix now
`gcloud compute firewall-rules update RULE --source-ranges=10.0.0.0/8` (the application's own range). Then look at the accounts: `SELECT
user, host FROM mysql.user`, none of them with `%`.

## Workaround
Let people in through a tunnel: `gcloud compute start-iap-tunnel INSTANCE 3306 --local-host-port=localhost:3306`.

## Prevent
Move to Cloud SQL with a private address only; deny 3306 from the internet in a hierarchical firewall policy.

## Validate
`nc -zvw3 ADDRESS 3306` from outside times out.

## Bad
```hcl
resource "google_compute_firewall" "database" {
  name          = "database"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["3306"] # finding
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "database" {
  name        = "database"
  network     = "main"
  source_tags = ["web"]
  target_tags = ["database"]
  allow {
    protocol = "tcp"
    ports    = ["3306"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world

_MYSQL = 3306


@rule(target=KINDS, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_GCP_88")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is not None:
        for ports in Firewall(body).opens(_MYSQL):
            yield Fail(ports.node, f"MySQL is open to {source.text}", expected="the application's ranges", related=(source,))
            return
