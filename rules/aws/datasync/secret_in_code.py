"""The secret key of an object store stands in the code of a DataSync location.

## Why it matters
It is in the repository for good, in every plan and in the state. Whoever reads one of them can use the store, and the key cannot be rotated
without a deployment.

## Five whys
1. Why could a contractor read the object store? The key was in the repository.
2. Why there? `secret_key` is an argument of the location.
3. Why was it written out? The migration was to be done once.

## Fix now
Rotate the key at the store first. Then take it out of the code: a credential that DataSync reads from Secrets Manager (`aws datasync
update-location-object-storage --custom-secret-config SecretArn=…,SecretAccessRoleArn=…`).

## Workaround
A `sensitive` variable from the pipeline's secrets; it still stands in the state.

## Prevent
A scanner for secrets before each commit; the state in an encrypted bucket with few readers.

## Validate
`git log -S"$OLD_KEY" --oneline` shows where it was, and the old key does not work any more.

## Bad
```hcl
resource "aws_datasync_location_object_storage" "legacy" {
  agent_arns      = ["arn:aws:datasync:eu-west-1:111122223333:agent/agent-0a1b2c3d4e5f60718"]
  server_hostname = "store.example.com"
  bucket_name     = "legacy"
  access_key      = "migration"
  secret_key      = "do-not-write-it-here" # finding
}
```

## Good
```hcl
resource "aws_datasync_location_object_storage" "legacy" {
  agent_arns      = ["arn:aws:datasync:eu-west-1:111122223333:agent/agent-0a1b2c3d4e5f60718"]
  server_hostname = "store.example.com"
  bucket_name     = "legacy"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="aws_datasync_location_object_storage", severity=Severity.HIGH, aliases="CKV_AWS_295")
def check(location: Node) -> Iterator[Fail]:
    key = location.at("secret_key")
    if key.present:
        yield Fail(key, "the secret key of the store stands in code and state", expected="a secret that DataSync reads", secret=True)
