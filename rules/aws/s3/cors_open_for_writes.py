"""Pages of any site may write to a bucket from their visitors' browsers.

## Why it matters
A CORS rule with every origin and PUT, POST or DELETE lets any page run such requests and read the answers. A presigned link or a public
policy then works from every site that gets hold of it, with no trace of where.

## Five whys
1. Why were files uploaded from a site that is not ours? The browser allowed it.
2. Why? The bucket's CORS rule names `*` as origin for PUT.
3. Why every origin? The upload failed in development, and `*` made the message go away.

## Fix now
Name the origins: `allowed_origins = ["https://app.example.com"]`; keep `*` for GET and HEAD at most.

## Workaround
`aws s3api put-bucket-cors --bucket NAME --cors-configuration file://cors.json` takes effect within minutes.

## Prevent
One variable for the application's origins that feeds CORS, CSP and redirects alike.

## Validate
`curl -si -X OPTIONS https://NAME.s3.amazonaws.com/x -H 'Origin: https://evil.example' -H 'Access-Control-Request-Method: PUT'` answers
`403`.

## Bad
```hcl
resource "aws_s3_bucket_cors_configuration" "uploads" {
  bucket = "uploads-4711"
  cors_rule {
    allowed_methods = ["PUT", "GET"]
    allowed_origins = ["*"] # finding
  }
}
```

## Good
```hcl
resource "aws_s3_bucket_cors_configuration" "uploads" {
  bucket = "uploads-4711"
  cors_rule {
    allowed_methods = ["PUT", "GET"]
    allowed_origins = ["https://app.example.com"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

WRITES = ("PUT", "POST", "DELETE")


@rule(
    target="aws_s3_bucket aws_s3_bucket_cors_configuration",
    each="cors_rule",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
)
def check(cors: Node) -> Iterator[Fail]:
    if not any(method.text in WRITES for method in cors.each("allowed_methods")):
        return
    for origin in cors.each("allowed_origins"):
        if origin.text in ("*", "https://*", "http://*"):
            yield Fail(origin, "pages of any site may write to the bucket", expected="the origins of the application")
