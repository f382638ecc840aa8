r"""A provider is given a key or password that stands in the code.

## Why it matters
The provider's key may do what Terraform does: everything. In a repository it is read by everybody with access to it,
copied into each clone, and found by scanners within minutes should the repository ever become public.

## Five whys
1. Why did instances for mining start in every region? With our key.
2. Where did it come from? From a `provider` block in the repository.
3. Why was it there? The first run on a laptop had no other way to log in.
4. Why did it stay? It works in the pipeline as well.

## Fix now
Disable the key now (`aws iam update-access-key --access-key-id ID --status Inactive`), look at what it did (`aws
cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=ID`), delete it. Remove the
arguments: the provider finds its credentials in the environment, a profile, or by OIDC.

## Workaround
Put the key into the environment of the pipeline (`AWS_ACCESS_KEY_ID`, masked) until the role is there.

## Prevent
Pipelines assume a role by OIDC; people use `aws sso login` and `profile`. Push protection in the repository refuses
keys.

## Validate
`aws sts get-caller-identity` with the old key answers InvalidClientTokenId, and the pipeline's plan works.

## Bad
```hcl
provider "aws" {
  region     = "eu-west-1"
  access_key = "AKIAIOSFODNN7EXAMPLE" # finding
  secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" # finding
}
```
```hcl
provider "datadog" {
  api_key = "0a1b2c3d4e5f60718293a4b5c6d7e8f9" # finding
}
```

## Good
```hcl
variable "datadog_key" {
  type      = string
  sensitive = true
}

provider "aws" {
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/terraform"
  }
}

provider "aws" {
  alias      = "local"
  access_key = "test"
  secret_key = "test"
}

provider "datadog" {
  api_key = var.datadog_key
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Profile, Resource, Severity, rule
from auditor.views.secret import blank, conceal, secret_name, written

# The forms of AWS keys: emulators are given other texts.
_AWS = {"access_key": re.compile(r"[A-Z0-9]{20}"), "secret_key": re.compile(r"[A-Za-z0-9/+=]{40}"), "token": re.compile(r"\S{100,}")}


@rule(
    target="provider.*",
    severity=Severity.CRITICAL,
    profile=Profile.GATE,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    aliases="CKV_AWS_41 CKV_BCW_1 CKV_LIN_1 CKV_OCI_1 CKV_OPENSTACK_1 CKV_PAN_1",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    aws = resource.kind == "provider.aws"
    for name, node in body.entries():
        if not (name in _AWS if aws else secret_name(name) or name in ("username_password", "private_key_pem")):
            continue
        if isinstance(node.data, (dict, list)):
            continue
        text = written(resource, node)
        if text and (_AWS[name].fullmatch(text) if aws else not blank(text)):
            yield Fail(
                conceal(node), f"{name} of the provider is written in the code", expected="a role, or the environment", actual="(sensitive)"
            )
