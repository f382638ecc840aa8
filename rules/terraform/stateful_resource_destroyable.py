r"""A resource that holds data can be destroyed by a change of the code.

## Why it matters
A changed name, zone or subnet group makes Terraform replace a resource, which deletes it first. For these kinds AWS
asks no question and keeps no copy.

## Five whys
1. Why are the files gone? The file system was replaced.
2. Why? Its creation token, or its encryption, cannot be changed in place.
3. Why did the apply go through? Nothing forbids the destruction, and the plan was long.

## Fix now
Add `lifecycle { prevent_destroy = true }` and apply (it needs no change of the resource). For data that is lost
already: restore the last backup (`aws backup list-recovery-points-by-resource --resource-arn ARN`).

## Workaround
Deny the deleting action to the pipeline's role, for instance `elasticfilesystem:DeleteFileSystem`.

## Prevent
Put stateful resources into a root module of their own, where plans are short; back them up.

## Validate
`terraform plan -destroy` answers "Instance cannot be destroyed".

## Bad
```hcl
resource "aws_efs_file_system" "media" { # finding
  encrypted = true
}
```

## Good
```hcl
resource "aws_efs_file_system" "media" {
  encrypted = true
  lifecycle {
    prevent_destroy = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule

# Kinds with data and without a protection of their own against deletion.
_KINDS = """
aws_ebs_volume aws_efs_file_system aws_elasticsearch_domain aws_fsx_lustre_file_system aws_fsx_ontap_file_system
aws_fsx_openzfs_file_system aws_fsx_windows_file_system aws_kinesis_stream aws_mq_broker aws_msk_cluster aws_opensearch_domain
"""


@rule(target=_KINDS, severity=Severity.INFO, confidence=Confidence.LIKELY, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    prevented = resource.meta.at("lifecycle.prevent_destroy")
    if prevented.missing or prevented.flag is not True:
        yield Fail(body, "a change of the code can delete it with its data", expected="prevent_destroy = true")
