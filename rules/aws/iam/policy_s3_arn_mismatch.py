r"""A statement on S3 names buckets where objects are meant, or the reverse.

## Why it matters
`s3:GetObject` is checked against `arn:aws:s3:::BUCKET/KEY`, `s3:ListBucket` against `arn:aws:s3:::BUCKET`. With the
wrong one of the two the statement looks right and grants nothing: the application gets AccessDenied.

## Five whys
1. Why does every download fail with AccessDenied? The statement allows `s3:GetObject` on the bucket, not on its
   objects.
2. Why was that written? The ARN of the bucket was at hand, `/*` was forgotten.
3. Why was it not refused? The statement is valid; it matches no request.

## Fix now
Object actions (`GetObject`, `PutObject`, `DeleteObject`) get `"$${aws_s3_bucket.NAME.arn}/*"`, bucket actions
(`ListBucket`, `GetBucketLocation`) get `aws_s3_bucket.NAME.arn`. Two statements make it clear.

## Workaround
`aws iam put-role-policy` with the second ARN in the list mends the running system at once; put it into the code as
well.

## Prevent
A module that takes a bucket and returns both statements.

## Validate
`aws iam simulate-principal-policy --policy-source-arn ROLE_ARN --action-names s3:GetObject --resource-arns
arn:aws:s3:::BUCKET/key` answers `allowed`.

## Bad
```hcl
resource "aws_iam_role_policy" "reader" {
  name = "reader"
  role = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"] # finding
      Resource = "arn:aws:s3:::reports"
    }]
  })
}
```

## Good
```hcl
resource "aws_iam_role_policy" "reader" {
  name = "reader"
  role = "reader"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::reports/*" },
      { Effect = "Allow", Action = "s3:ListBucket", Resource = "arn:aws:s3:::reports" },
    ]
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Severity, rule
from auditor.views.needs.fitting import named_arn
from auditor.views.policy import EVERY, Statement, statements

_OBJECT = frozenset(
    f"s3:{name}".lower()
    for name in (
        "AbortMultipartUpload", "DeleteObject", "DeleteObjectTagging", "DeleteObjectVersion", "GetObject", "GetObjectAcl",
        "GetObjectTagging", "GetObjectVersion", "ListMultipartUploadParts", "PutObject", "PutObjectAcl", "PutObjectTagging",
        "RestoreObject",
    )
)  # fmt: skip
_BUCKET = frozenset(
    f"s3:{name}".lower()
    for name in (
        "GetBucketAcl",
        "GetBucketLocation",
        "GetBucketPolicy",
        "GetBucketVersioning",
        "ListBucket",
        "ListBucketMultipartUploads",
        "ListBucketVersions",
    )
)


@rule(target=EVERY, each=statements, severity=Severity.MEDIUM, symptoms=["AccessDenied", "Access Denied"])
def check(statement: Statement, graph: Graph) -> Iterator[Fail]:
    judged = [action for action in statement.actions if (action.text or "").lower() in _OBJECT | _BUCKET]
    names = [named_arn(pattern, graph) for pattern in statement.resources] if judged else []
    objects = any(not _is_bucket(name) for name in names)
    buckets = any(not _is_object(name) for name in names)
    for action in judged if names else ():
        if not objects and (action.text or "").lower() in _OBJECT:
            yield Fail(action, f"{action.text} applies to objects, and only buckets are named", expected=f"{names[0]}/*")
        elif not buckets and (action.text or "").lower() in _BUCKET:
            yield Fail(action, f"{action.text} applies to buckets, and only objects are named", expected=names[0].partition("/")[0])


def _is_bucket(name: str) -> bool:
    """Whether an ARN names a bucket and cannot match an object."""
    return ":s3:::" in name and "/" not in name and "*" not in name and "?" not in name and "${" not in name


def _is_object(name: str) -> bool:
    """Whether an ARN names objects and cannot match a bucket."""
    bucket, slash, _ = name.partition("/")
    return ":s3:::" in name and slash == "/" and "*" not in bucket and "?" not in bucket and "${" not in bucket
