"""A KMS key is not rotated every 90 days.

## Why it matters
One version that encrypts for years makes each loss as large as can be: whoever gets to use it once decrypts all of it. Rotation bounds
what a single version protects, and keeps the way to a new one in practice.

## Five whys
1. Why does one stolen permission open five years of data? One version of the key encrypted them all.
2. Why? The key has no rotation period, or a very long one.
3. Why? KMS rotates nothing by itself unless it is told to.

## Fix now
`gcloud kms keys update KEY --keyring=RING --location=LOCATION --rotation-period=90d --next-rotation-time=TIME`. Old versions stay and
decrypt what they encrypted.

## Workaround
By hand now: `gcloud kms keys versions create --key=KEY --keyring=RING --location=LOCATION --primary`.

## Prevent
`rotation_period = "7776000s"` in the key module; asymmetric keys cannot be rotated by the service and need a date in the calendar.

## Validate
`gcloud kms keys describe KEY --keyring=RING --location=LOCATION --format="value(rotationPeriod,nextRotationTime)"` prints both.

## Bad
```hcl
resource "google_kms_crypto_key" "data" {
  name            = "data"
  key_ring        = "projects/acme/locations/global/keyRings/main"
  rotation_period = "31536000s" # finding
}

resource "google_kms_crypto_key" "never" { # finding
  name     = "never"
  key_ring = "projects/acme/locations/global/keyRings/main"
}
```

## Good
```hcl
resource "google_kms_crypto_key" "data" {
  name            = "data"
  key_ring        = "projects/acme/locations/global/keyRings/main"
  rotation_period = "7776000s"
}

resource "google_kms_crypto_key" "signing" {
  name     = "signing"
  key_ring = "projects/acme/locations/global/keyRings/main"
  purpose  = "ASYMMETRIC_SIGN"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_SECONDS = re.compile(r"(\d+)(?:\.\d+)?s$")
_SHORTEST, _LONGEST = 86_400, 7_776_000
"""One day, which is the least that the service takes, and ninety days."""


@rule(target="google_kms_crypto_key", severity=Severity.LOW, aliases="CKV_GCP_43 AVD-GCP-0065 google-kms-rotate-kms-keys FG_R00378")
def check(key: Node) -> Iterator[Fail]:
    purpose = key.at("purpose")
    if purpose.present and purpose.text not in ("ENCRYPT_DECRYPT", ""):
        return
    period = key.at("rotation_period")
    if period.missing or period.data == "":
        yield Fail(period, "the key is never rotated", expected="at most 7776000s")
        return
    found = _SECONDS.match(period.text or "")
    if not found or not _SHORTEST <= int(found[1]) <= _LONGEST:
        yield Fail(period, f"the key is not rotated within 90 days ({period.text})", expected="at most 7776000s")
