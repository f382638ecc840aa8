"""The results of a build are stored unencrypted.

## Why it matters
Artifacts hold the program and often its configuration, keys included. The switch turns off the encryption that CodeBuild does by
itself.

## Five whys
1. Why does the audit list the artifact bucket's objects? They were written without encryption.
2. Why? `encryption_disabled` is true.
3. Why? Another account could not read them with the key.

## Fix now
Remove it, and let the other account use the key: a key of your own in `encryption_key` whose policy names that account. The next build
writes encrypted objects; rewrite old ones with `aws s3 cp s3://B/P s3://B/P --recursive --sse aws:kms`.

## Workaround
Default encryption of the bucket encrypts new objects anyway.

## Prevent
No argument for it in the module.

## Validate
`aws s3api head-object --bucket B --key K --query ServerSideEncryption` prints aws:kms.

## Bad
```hcl
resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type                = "S3"
    location            = "artifacts-4711"
    encryption_disabled = true # finding
  }
}
```

## Good
```hcl
resource "aws_codebuild_project" "shop" {
  name         = "shop"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type     = "S3"
    location = "artifacts-4711"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule


def outputs(resource: Resource, _graph: Graph) -> Iterator[Node]:
    yield from resource.each("artifacts")
    yield from resource.each("secondary_artifacts")


@rule(
    target="aws_codebuild_project",
    each=outputs,
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_78 AVD-AWS-0018 aws-codebuild-enable-encryption",
)
def check(output: Node) -> Iterator[Fail]:
    off, kind = output.at("encryption_disabled"), output.at("type")
    if off.present and off.flag and not (not kind.unknown and kind.text == "NO_ARTIFACTS"):
        yield Fail(off, "the results of the build are stored unencrypted", expected="false")
