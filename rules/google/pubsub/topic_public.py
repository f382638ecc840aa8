"""A Pub/Sub topic or subscription grants a role to everybody.

## Why it matters
With a publishing role strangers feed your consumers messages that look like your own; with a subscribing role they attach to the topic
and copy, or acknowledge away, what was meant for you. Consumers rarely check who sent a message.

## Five whys
1. Why did the billing worker process invented orders? They came over its own topic.
2. Why could a stranger publish? The topic's policy names all users.
3. Why? A device outside of Google Cloud had to publish, and had no service account.

## Fix now
`gcloud pubsub topics remove-iam-policy-binding TOPIC --member=allUsers --role=ROLE` (or `gcloud pubsub subscriptions
remove-iam-policy-binding`). Then look for subscriptions that are not yours: `gcloud pubsub topics list-subscriptions TOPIC`.

## Workaround
Let the device post to a small authenticated endpoint of yours, which publishes.

## Prevent
`constraints/iam.allowedPolicyMemberDomains` in the organization; a schema on the topic, so that foreign messages fail early.

## Validate
`gcloud pubsub topics get-iam-policy TOPIC` names neither `allUsers` nor `allAuthenticatedUsers`.

## Bad
```hcl
resource "google_pubsub_topic_iam_member" "orders" {
  topic  = "orders"
  role   = "roles/pubsub.publisher"
  member = "allUsers" # finding
}
```

## Good
```hcl
resource "google_pubsub_topic_iam_member" "orders" {
  topic  = "orders"
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:shop@acme-prod.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.iam import public_members

_KINDS = """
google_pubsub_topic_iam_member google_pubsub_topic_iam_binding
google_pubsub_subscription_iam_member google_pubsub_subscription_iam_binding
"""


@rule(target=_KINDS, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_GCP_99")
def check(grant: Node) -> Iterator[Fail]:
    for member in public_members(grant):
        yield Fail(member, f"messages are open to {member.text}")
