r"""A text in the code has the form of a token or private key.

## Why it matters
Such texts are made by services as keys, and by nobody else. In a repository they are found by whoever can read it,
and by scanners within minutes if it is ever public.

## Five whys
1. Why was a foreign job in our pipeline? It was started with our token.
2. Where was the token? In a local value of the infrastructure code.
3. Why? It was to be passed to a script, in a hurry.

## Fix now
Revoke it at the service that issued it (GitHub: Settings, Developer settings; AWS: `aws iam update-access-key
--status Inactive`), look at its log for what was done with it, issue a new one into a secret store.

## Workaround
If it cannot be revoked at once, narrow its rights there.

## Prevent
Push protection and a pre-commit hook for secrets.

## Validate
A call with the old token is refused (401).

## Bad
```hcl
locals {
  clone_url = "https://robot:1tsmYt0ken4You@git.example.com/shop.git" # finding
}
```
```hcl
variable "environment" {
  type = map(string)
  default = {
    REGION = "eu-west-1"
    KEY_ID = "AKIAIOSFODNN7EXAMPLE" # finding
  }
}
```

## Good
```hcl
variable "token" {
  type      = string
  sensitive = true
}

locals {
  clone_url = "https://robot:${var.token}@git.example.com/shop.git"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Profile, Resource, Severity, rule
from auditor.views.secret import conceal, token, written_here

# Where texts of any kind stand; environments, user data and secret arguments have rules of their own.
_KINDS = """
local variable module output
aws_batch_job_definition aws_cloudformation_stack aws_cloudfront_function aws_glue_job aws_s3_object aws_sfn_state_machine
aws_ssm_document aws_elastic_beanstalk_environment null_resource terraform_data local_file helm_release
"""


@rule(target=_KINDS, severity=Severity.HIGH, profile=Profile.GATE, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for node in _texts(body):
        kind = token(node.data)
        if kind and written_here(resource, node):
            yield Fail(conceal(node), f"{kind} is written in the code", expected="a secret store", actual="(sensitive)")


def _texts(node: Node) -> Iterator[Node]:
    data = node.data
    if isinstance(data, str):
        yield node
    elif isinstance(data, dict):
        for _, value in node.entries():
            yield from _texts(value)
    elif isinstance(data, list):
        for item in node.each():
            yield from _texts(item)
