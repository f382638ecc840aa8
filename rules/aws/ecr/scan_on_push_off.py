"""Images are not scanned for known holes when they are pushed.

## Why it matters
A base image with a known hole goes to production, and the first who looks at it is the attacker. The scan on push is free and takes a
minute.

## Five whys
1. Why did an image with a hole of last year go live? Nobody had scanned it.
2. Why? `scan_on_push` is off, its default.
3. Why? The scan was expected of another tool that covers only some repositories.

## Fix now
`aws ecr put-image-scanning-configuration --repository-name R --image-scanning-configuration scanOnPush=true`, and for what is there:
`aws ecr start-image-scan --repository-name R --image-id imageTag=TAG`.

## Workaround
Scan in the pipeline before the push.

## Prevent
One `aws_ecr_registry_scanning_configuration` with enhanced scanning covers all repositories and repeats the scan when new holes are
published.

## Validate
`aws ecr describe-image-scan-findings --repository-name R --image-id imageTag=TAG --query imageScanStatus` prints COMPLETE.

## Bad
```hcl
resource "aws_ecr_repository" "web" { # finding
  name = "web"
}
```

## Good
```hcl
resource "aws_ecr_repository" "web" {
  name = "web"
  image_scanning_configuration {
    scan_on_push = true
  }
}
```

```hcl
resource "aws_ecr_repository" "web" {
  name = "web"
}

resource "aws_ecr_registry_scanning_configuration" "all" {
  scan_type = "ENHANCED"
  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule


@rule(
    target="aws_ecr_repository",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AWS_163 AVD-AWS-0030 aws-ecr-enable-image-scans",
)
def check(repository: Node, graph: Graph) -> Iterator[Fail]:
    if graph.of("aws_ecr_registry_scanning_configuration"):
        return
    scan = repository.at("image_scanning_configuration.scan_on_push")
    if scan.missing or scan.flag is not True:
        yield Fail(scan, "images are not scanned when they are pushed", expected="true, or a scanning configuration of the registry")
