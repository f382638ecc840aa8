"""A Cloud Function can be called by everybody.

## Why it matters
Function addresses follow a pattern (`REGION-PROJECT.cloudfunctions.net/NAME`) and are tried by scanners. An open one runs your code, with
its service account's rights and on your bill, for anyone who guesses the name.

## Five whys
1. Why did the function run ten thousand times last night? Somebody called its address.
2. Why were the calls let in? The invoker role is held by all users.
3. Why? The webhook's sender cannot log in to Google, and nobody checked its signature in another place.

## Fix now
`gcloud functions remove-invoker-policy-binding NAME --region=REGION --member=allUsers` (first generation: `gcloud functions
remove-iam-policy-binding NAME --region=REGION --member=allUsers --role=roles/cloudfunctions.invoker`).

## Workaround
For a webhook: keep it public, and let the first line of the function check the sender's signature; limit the damage with
`--max-instances`.

## Prevent
Put an API gateway or a load balancer with Cloud Armor before functions that strangers have to reach;
`constraints/iam.allowedPolicyMemberDomains` for the rest.

## Validate
`curl -s -o /dev/null -w "%{http_code}" https://REGION-PROJECT.cloudfunctions.net/NAME` prints 403.

## Bad
```hcl
resource "google_cloudfunctions_function_iam_member" "resize" {
  cloud_function = "resize-images"
  role           = "roles/cloudfunctions.invoker"
  member         = "allUsers" # finding
}
```

## Good
```hcl
resource "google_cloudfunctions_function_iam_member" "resize" {
  cloud_function = "resize-images"
  role           = "roles/cloudfunctions.invoker"
  member         = "serviceAccount:uploads@acme-prod.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.iam import public_members

_KINDS = """
google_cloudfunctions_function_iam_member google_cloudfunctions_function_iam_binding
google_cloudfunctions2_function_iam_member google_cloudfunctions2_function_iam_binding
"""


@rule(target=_KINDS, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_GCP_107")
def check(grant: Node) -> Iterator[Fail]:
    for member in public_members(grant):
        yield Fail(member, f"the function answers to {member.text}")
