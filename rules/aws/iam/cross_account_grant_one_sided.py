r"""Access to another account is granted on one side only.

## Why it matters
Inside an account one grant is enough. From one account to another it takes two: the role's own policy and the policy of the resource
(queue, topic, key, secret, function, role). With one of them alone every call is refused, and each side can show a policy that allows it.

## Five whys
1. Why is the call refused although the role's policy allows it? The queue's policy does not name the role or its account.
2. Why does that matter? The queue is in another account, which decides for itself whom it lets in.
3. Why is only one side there? The two policies belong to two teams, and one of the two requests was made.

## Fix now
Add the missing half: a statement for the role's ARN at the resource, or the action on the resource's ARN at the role. Both hold within
seconds.

## Workaround
A role in the other account that the caller may assume replaces both halves by one trust policy.

## Prevent
Hand over both ARNs in the same request between the teams; keep a list of cross-account edges with both policies.

## Validate
`aws sqs send-message --queue-url URL --message-body test` with the role succeeds.

## Bad
```json finding=20
{
  "version": 4,
  "terraform_version": "1.11.0",
  "serial": 7,
  "lineage": "0f3c",
  "outputs": {},
  "resources": [
    {
      "mode": "managed", "type": "aws_iam_role", "name": "worker", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
      "instances": [{"schema_version": 0, "attributes": {
        "name": "worker", "arn": "arn:aws:iam::111111111111:role/worker", "id": "worker", "permissions_boundary": "",
        "assume_role_policy": "{}", "inline_policy": [], "managed_policy_arns": []
      }}]
    },
    {
      "mode": "managed", "type": "aws_iam_role_policy", "name": "worker", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
      "instances": [{"schema_version": 0, "attributes": {
        "role": "worker", "name": "worker", "id": "worker:worker",
        "policy":
"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:eu-west-1:222222222222:jobs\"}]}"
      }}]
    },
    {
      "mode": "managed", "type": "aws_sqs_queue", "name": "jobs", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"].shop",
      "instances": [{"schema_version": 0, "attributes": {
        "name": "jobs", "arn": "arn:aws:sqs:eu-west-1:222222222222:jobs", "id": "https://sqs.eu-west-1.amazonaws.com/222222222222/jobs",
        "policy":
""
      }}]
    }
  ]
}
```

## Good
```json
{
  "version": 4,
  "terraform_version": "1.11.0",
  "serial": 7,
  "lineage": "0f3c",
  "outputs": {},
  "resources": [
    {
      "mode": "managed", "type": "aws_iam_role", "name": "worker", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
      "instances": [{"schema_version": 0, "attributes": {
        "name": "worker", "arn": "arn:aws:iam::111111111111:role/worker", "id": "worker", "permissions_boundary": "",
        "assume_role_policy": "{}", "inline_policy": [], "managed_policy_arns": []
      }}]
    },
    {
      "mode": "managed", "type": "aws_iam_role_policy", "name": "worker", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
      "instances": [{"schema_version": 0, "attributes": {
        "role": "worker", "name": "worker", "id": "worker:worker",
        "policy":
"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sqs:SendMessage\",\"Resource\":\"arn:aws:sqs:eu-west-1:222222222222:jobs\"}]}"
      }}]
    },
    {
      "mode": "managed", "type": "aws_sqs_queue", "name": "jobs", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"].shop",
      "instances": [{"schema_version": 0, "attributes": {
        "name": "jobs", "arn": "arn:aws:sqs:eu-west-1:222222222222:jobs", "id": "https://sqs.eu-west-1.amazonaws.com/222222222222/jobs",
        "policy":
"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:role/worker\"},\"Action\":\"sqs:SendMessage\"}]}"
      }}]
    }
  ]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.across import TARGETS, granted_here_only, granted_there_only


@rule(
    target=f"{' '.join(TARGETS)} aws_iam_role",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=(Facet.PLANNED, Facet.RECORDED, Facet.RUNNING),  # code does not tell the accounts of what it makes
    symptoms=[r"because no resource-based policy allows"],
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from granted_there_only(resource, graph)
    if resource.kind == "aws_iam_role":
        yield from granted_here_only(resource, graph)
