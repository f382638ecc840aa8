"""A Dataproc cluster grants a role to everybody.

## Why it matters
A Dataproc job is code of the sender's choice, run with the cluster's service account. A role that may submit jobs, granted to everybody,
is remote code execution with access to the data lake as a feature.

## Five whys
1. Why did an unknown job read the data lake? It was submitted to our cluster.
2. Why was it accepted? The cluster's policy names all users.
3. Why? A partner's pipeline had no account in our organization.

## Fix now
`gcloud dataproc clusters get-iam-policy CLUSTER --region=REGION > policy.json`, delete the member, then `gcloud dataproc clusters
set-iam-policy CLUSTER policy.json --region=REGION`. Look for strange jobs: `gcloud dataproc jobs list --region=REGION`.

## Workaround
Stop the cluster until the policy is clean: `gcloud dataproc clusters stop CLUSTER --region=REGION`.

## Prevent
Partners get a service account in a project of yours, with `roles/dataproc.editor` on that one cluster;
`constraints/iam.allowedPolicyMemberDomains` refuses the rest.

## Validate
`gcloud dataproc clusters get-iam-policy CLUSTER --region=REGION` names neither `allUsers` nor `allAuthenticatedUsers`.

## Bad
```hcl
resource "google_dataproc_cluster_iam_member" "spark" {
  cluster = "spark"
  region  = "europe-west1"
  role    = "roles/dataproc.editor"
  member  = "allAuthenticatedUsers" # finding
}
```

## Good
```hcl
resource "google_dataproc_cluster_iam_member" "spark" {
  cluster = "spark"
  region  = "europe-west1"
  role    = "roles/dataproc.editor"
  member  = "group:data-engineers@example.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.iam import public_members


@rule(
    target="google_dataproc_cluster_iam_member google_dataproc_cluster_iam_binding",
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    aliases="CKV_GCP_98",
)
def check(grant: Node) -> Iterator[Fail]:
    for member in public_members(grant):
        yield Fail(member, f"the cluster is open to {member.text}")
