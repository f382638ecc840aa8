"""A build gives artifacts and names no files.

## Why it matters
`artifacts` without `files` ends the build after all its work: *CLIENT_ERROR: no matching artifact paths*, or *YAML_FILE_ERROR*. The next
stage of CodePipeline gets nothing.

## Five whys
1. Why did the build fail at its very end? It had no artifact to upload.
2. Why not? `artifacts` names a folder but no files.
3. Why was that thought enough? `base-directory` looks like the answer already.

## Fix now
Add `files: ['**/*']` below `artifacts`.

## Workaround
None in CodePipeline; in a project without a pipeline set its artifacts to *No artifacts*.

## Prevent
Run the build in a branch before it is used in a pipeline.

## Validate
The phase *UPLOAD_ARTIFACTS* succeeds.

## Bad
```buildspec
version: 0.2
phases:
  build: {commands: [npm run build]}
artifacts: # finding
  base-directory: dist
```

## Good
```buildspec
version: 0.2
phases:
  build: {commands: [npm run build]}
artifacts:
  base-directory: dist
  files: ['**/*']
```

```buildspec
version: 0.2
phases:
  build: {commands: [npm run build]}
artifacts:
  secondary-artifacts:
    web: {files: [web.zip]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline.model import given
from auditor.views.pipeline.reading import field, items


@rule(
    target="codebuild_buildspec",
    severity=Severity.HIGH,
    symptoms=[r"no matching artifact paths found", r"no matching base directory path found"],
)
def check(body: Node) -> Iterator[Fail]:
    artifacts = body.at("artifacts")
    if not isinstance(artifacts.value, dict) or given(field(artifacts, "secondary-artifacts")):
        return
    files = field(artifacts, "files")
    if not given(files) or (isinstance(files.value, list) and not items(files)):
        yield Fail(body.key("artifacts"), "the artifacts name no files", "files: ['**/*']")
