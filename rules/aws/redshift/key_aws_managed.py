"""No customer managed key encrypts a Redshift cluster.

## Why it matters
A snapshot under the key of AWS cannot be given to another account, so neither a backup account nor a test account can restore it, and in an
emergency nobody can disable the key.

## Five whys
1. Why can the test account not restore last night's snapshot? It may not decrypt it.
2. Why not? It is under the key `aws/redshift`.
3. Why that one? `kms_key_id` is not set.

## Fix now
`aws redshift modify-cluster --cluster-identifier C --encrypted --kms-key-id KEY`; the data is written again in the background, the cluster
being read-only for the time.

## Workaround
`UNLOAD ('SELECT …') TO 's3://…' KMS_KEY_ID 'KEY' ENCRYPTED` hands single tables over.

## Prevent
A key per environment and its ARN in the module.

## Validate
`aws redshift describe-clusters --query 'Clusters[].[ClusterIdentifier,KmsKeyId]'` prints your key.

## Bad
```hcl
resource "aws_redshift_cluster" "dwh" { # finding
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
  encrypted          = true
}
```

## Good
```hcl
resource "aws_redshift_cluster" "dwh" {
  cluster_identifier = "dwh"
  node_type          = "ra3.xlplus"
  encrypted          = true
  kms_key_id         = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(
    target="aws_redshift_cluster",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_142 AVD-AWS-0084 aws-redshift-encryption-customer-key",
)
def check(cluster: Node) -> Iterator[Fail]:
    key = cluster.at("kms_key_id")
    if lacks_own_key(key):
        yield Fail(key, "no key of one's own encrypts the cluster", expected="the ARN of a customer managed key")
