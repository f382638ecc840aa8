"""The copy of a bucket lies in the same region as the bucket.

## Why it matters
A copy in the same region helps against deleted objects, and not against what people think of first: a region that is not there. Both
buckets answer from the same place, and stop together.

## Five whys
1. Why could the second region not serve the files? The copy was in the first one as well.
2. Why? Both buckets are made by the same provider configuration.
3. Why did nobody see it? The replication works, and its metrics are green.

## Fix now
Make a bucket in another region (`provider = aws.west`), and add it as a destination; copy what is there already with `aws s3control
create-job` (Batch Replication).

## Workaround
`aws s3 sync s3://BUCKET s3://OTHER --source-region R1 --region R2` once a night.

## Prevent
A module for replicated buckets that takes two providers. For a copy within the region on purpose (logs, compliance), suppress the finding
with the reason.

## Validate
`aws s3api get-bucket-location --bucket COPY` names another region than that of the source.

## Bad
```hcl
provider "aws" {
  region = "eu-central-1"
}

resource "aws_s3_bucket" "documents" {
  bucket = "documents"
}

resource "aws_s3_bucket" "copy" {
  bucket = "documents-copy"
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    id     = "all"
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.copy.arn # finding
    }
  }
}
```

## Good
```hcl
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "west"
  region = "eu-west-1"
}

resource "aws_s3_bucket" "documents" {
  bucket = "documents"
}

resource "aws_s3_bucket" "copy" {
  provider = aws.west
  bucket   = "documents-copy"
}

resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = aws_s3_bucket.documents.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    id     = "all"
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.copy.arn
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import is_on, named_bucket
from auditor.views.region import region, same_region


@rule(target="aws_s3_bucket_replication_configuration", severity=Severity.LOW, confidence=Confidence.LIKELY)
def check(replication: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    source = named_bucket(resource, graph)
    if source is None:
        return
    for one in replication.each("rule"):
        arn = one.at("destination.bucket")
        for copy in graph.targets(arn, "aws_s3_bucket") if is_on(one.at("status")) else ():
            if same_region(source.resource, copy, graph):
                place = region(copy, graph) or "the same region"
                message = f"{source.resource.address.text} and its copy {copy.address.text} are both in {place}"
                yield Fail(arn, message, expected="a bucket in another region", related=(copy.body,))
