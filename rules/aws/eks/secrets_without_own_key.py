"""Secrets of a cluster are not encrypted with a key of your own.

## Why it matters
Kubernetes Secrets are base64 in etcd. EKS encrypts its disks with AWS's key, which every reader of the API passes. With your own key
each decryption is in CloudTrail, and disabling the key makes a stolen copy worthless.

## Five whys
1. Why does the auditor object? Nothing shows who can decrypt the cluster's secrets.
2. Why? They are encrypted with a key that AWS owns.
3. Why? The cluster has no `encryption_config` for secrets.

## Fix now
`aws eks associate-encryption-config --cluster-name C --encryption-config
'[{"resources":["secrets"],"provider":{"keyArn":"KEY_ARN"}}]'`. It cannot be taken back, and the key must never be deleted. Then rewrite
what exists: `kubectl get secrets -A -o json | kubectl replace -f -`.

## Workaround
Keep secrets in Secrets Manager with the CSI driver, and only references in the cluster.

## Prevent
Key and configuration in the module, since adding it later rewrites everything.

## Validate
`aws eks describe-cluster --name C --query cluster.encryptionConfig` prints the key.

## Bad
```hcl
resource "aws_eks_cluster" "main" { # finding
  name = "main"
}
```

## Good
```hcl
resource "aws_kms_key" "secrets" {
  description = "Secrets of the cluster"
}

resource "aws_eks_cluster" "main" {
  name = "main"

  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.secrets.arn
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="aws_eks_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_58 AVD-AWS-0039 aws-eks-encrypt-secrets",
)
def check(cluster: Node) -> Iterator[Fail]:
    encryption = cluster.at("encryption_config")
    message = "Secrets of the cluster are not encrypted with a key of yours"
    if encryption.missing:
        yield Fail(encryption, message, expected="encryption_config with secrets and a key")
        return
    resources = encryption.at("resources")
    if not any(item.text == "secrets" for item in resources.each()):
        yield Fail(resources, message, expected='resources = ["secrets"]')
    elif encryption.at("provider").missing:
        yield Fail(encryption.at("provider"), message, expected="a provider with key_arn")
