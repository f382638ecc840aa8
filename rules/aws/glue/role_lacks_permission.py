"""A Glue job or crawler may not read the files that it names.

## Why it matters
The job fails before its first line: Glue fetches the script with the job's role. A crawler ends without tables. `AWSGlueServiceRole`
covers only buckets whose names begin with `aws-glue-`.

## Five whys
1. Why did the load not run? `LAUNCH ERROR: Error downloading from S3`.
2. Why? The role may not read the bucket of the script or of the data.
3. Why did the managed policy not help? It reads `aws-glue-*` and no other bucket.

## Fix now
Add the statement in the message to the role and `aws glue start-job-run --job-name NAME` (or `aws glue start-crawler --name NAME`).

## Workaround
Put the script into a bucket whose name begins with `aws-glue-` where `AWSGlueServiceRole` is attached.

## Prevent
Hand the bucket to the module of the job, and let it write both the path and the statement.

## Validate
`aws glue get-job-runs --job-name NAME --max-results 1 --query 'JobRuns[0].[JobRunState,ErrorMessage]'` prints RUNNING or SUCCEEDED.

## Bad
```hcl
resource "aws_iam_role" "load" {
  name = "load"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "glue.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "load" {
  role = aws_iam_role.load.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::aws-glue-*/*" },
    ]
  })
}

resource "aws_s3_bucket" "scripts" {
  bucket = "scripts-4711"
}

resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = aws_iam_role.load.arn

  command {
    script_location = "s3://${aws_s3_bucket.scripts.bucket}/load.py" # finding
  }
}
```

## Good
```hcl
resource "aws_iam_role" "load" {
  name = "load"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "glue.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "load" {
  role = aws_iam_role.load.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.scripts.arn}/*" },
    ]
  })
}

resource "aws_s3_bucket" "scripts" {
  bucket = "scripts-4711"
}

resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = aws_iam_role.load.arn

  command {
    script_location = "s3://${aws_s3_bucket.scripts.bucket}/load.py"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.lack import unmet
from auditor.views.needs.storage import glue_needs


@rule(
    target="aws_glue_job aws_glue_crawler",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(glue_needs(resource, graph), resource, graph)
