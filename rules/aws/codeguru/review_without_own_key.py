"""Code under review is not encrypted with a key of your own.

## Why it matters
The reviewer keeps copies of the source. With the key of AWS nobody can see who decrypts it, or stop it.

## Five whys
1. Why is a copy of the source under a foreign key? The association names none of ours.
2. Why? `kms_key_details` is left out, and cannot be added later.

## Fix now
Delete and create the association with `encryption_option = "CUSTOMER_MANAGED_CMK"` and `kms_key_id`.

## Workaround
Associate only repositories whose source may be copied.

## Prevent
The key as a required argument.

## Validate
`aws codeguru-reviewer describe-repository-association --association-arn ARN --query RepositoryAssociation.KMSKeyDetails`.

## Bad
```hcl
resource "aws_codegurureviewer_repository_association" "shop" { # finding
  repository {
    codecommit {
      name = "shop"
    }
  }
}
```

## Good
```hcl
resource "aws_codegurureviewer_repository_association" "shop" {
  repository {
    codecommit {
      name = "shop"
    }
  }

  kms_key_details {
    encryption_option = "CUSTOMER_MANAGED_CMK"
    kms_key_id        = "1234abcd-12ab-34cd-56ef-1234567890ab"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.own_key import lacks_own_key


@rule(target="aws_codegurureviewer_repository_association", severity=Severity.LOW, confidence=Confidence.FIRM, aliases="CKV_AWS_381")
def check(association: Node) -> Iterator[Fail]:
    details = association.at("kms_key_details")
    option, key = details.at("encryption_option"), details.at("kms_key_id")
    if details.missing or (option.present and option.text != "CUSTOMER_MANAGED_CMK"):
        yield Fail(
            option if option.present else details,
            "reviewed code is not encrypted with a key of yours",
            expected="CUSTOMER_MANAGED_CMK with kms_key_id",
        )
    elif lacks_own_key(key):
        yield Fail(key, "no key is named for the reviewed code", expected="kms_key_id")
