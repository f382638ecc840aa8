"""A Cloud Run service can be called by everybody.

## Why it matters
The `run.app` address of a service is public, and IAM is the only gate before it. With `allUsers` as invoker the first line of defence is
your own code; an internal API that trusts its caller is open to the internet, and each request is billed.

## Five whys
1. Why could a stranger call the internal API? The request needed no token.
2. Why? `allUsers` may invoke the service.
3. Why? `--allow-unauthenticated` is what the tutorial says, and it made the 403 go away.

## Fix now
`gcloud run services remove-iam-policy-binding SERVICE --region=REGION --member=allUsers --role=roles/run.invoker`, and give the role to
the service account of each caller. Callers send an identity token (`gcloud auth print-identity-token`).

## Workaround
Keep the internet out by the network: `gcloud run services update SERVICE --region=REGION --ingress=internal-and-cloud-load-balancing`.

## Prevent
A site for the public stands behind a load balancer with Cloud Armor; write that reason into the suppression. The organization policy
`constraints/iam.allowedPolicyMemberDomains` refuses the rest.

## Validate
`curl -s -o /dev/null -w "%{http_code}" https://SERVICE-HASH.a.run.app` prints 403.

## Bad
```hcl
resource "google_cloud_run_v2_service_iam_member" "billing" {
  name     = "billing-api"
  location = "europe-west1"
  role     = "roles/run.invoker"
  member   = "allUsers" # finding
}
```

## Good
```hcl
resource "google_cloud_run_v2_service_iam_member" "billing" {
  name     = "billing-api"
  location = "europe-west1"
  role     = "roles/run.invoker"
  member   = "serviceAccount:web@acme-prod.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.iam import public_members

_KINDS = """
google_cloud_run_service_iam_member google_cloud_run_service_iam_binding
google_cloud_run_v2_service_iam_member google_cloud_run_v2_service_iam_binding
google_cloud_run_v2_job_iam_member google_cloud_run_v2_job_iam_binding
"""


@rule(target=_KINDS, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_GCP_102")
def check(grant: Node) -> Iterator[Fail]:
    for member in public_members(grant):
        yield Fail(member, f"the service answers to {member.text}")
