"""Requests from the whole internet reach a Cloud Function.

## Why it matters
The invoker role is then the only thing between strangers and the code. One `allUsers` too many, or one leaked token, works from anywhere;
with internal ingress it works from your network only.

## Five whys
1. Why could the leaked token be used from abroad? The function takes requests from everywhere.
2. Why? `ingress_settings` is ALLOW_ALL, the default.
3. Why was it kept? The function is called by a scheduler, and that works with any setting.

## Fix now
`gcloud functions deploy NAME --region=REGION --ingress-settings=internal-only` (or `internal-and-gclb` behind a load balancer). Pub/Sub,
Scheduler, Tasks and Eventarc of the same project count as internal.

## Workaround
IAM conditions on the invoker's grant, and `--max-instances` against floods.

## Prevent
The organization policy `constraints/cloudfunctions.allowedIngressSettings`.

## Validate
`curl -s -o /dev/null -w "%{http_code}" https://REGION-PROJECT.cloudfunctions.net/NAME` from outside prints 403 or 404.

## Bad
```hcl
resource "google_cloudfunctions_function" "resize" {
  name             = "resize"
  runtime          = "python312"
  ingress_settings = "ALLOW_ALL" # finding
}

resource "google_cloudfunctions2_function" "resize" {
  name = "resize"
  service_config { # finding
    available_memory = "256M"
  }
}
```

## Good
```hcl
resource "google_cloudfunctions_function" "resize" {
  name             = "resize"
  runtime          = "python312"
  ingress_settings = "ALLOW_INTERNAL_ONLY"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule

_KINDS = "google_cloudfunctions_function google_cloudfunctions2_function"


@rule(target=_KINDS, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_GCP_124")
def check(function: Node, resource: Resource) -> Iterator[Fail]:
    path = "ingress_settings" if resource.kind == "google_cloudfunctions_function" else "service_config.ingress_settings"
    ingress = function.at(path)
    if ingress.missing or ingress.text in ("ALLOW_ALL", ""):
        yield Fail(
            ingress, "requests from the whole internet reach the function", expected="ALLOW_INTERNAL_ONLY or ALLOW_INTERNAL_AND_GCLB"
        )
