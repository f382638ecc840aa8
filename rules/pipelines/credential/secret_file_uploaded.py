"""A file that holds credentials is stored as an artifact.

## Why it matters
Whoever can read the repository can download its artifacts, in public repositories everybody. State and plans of Terraform, `.env` files,
keys and kubeconfigs hold passwords in plain text.

## Five whys
1. Why did somebody have the database's password? It was in an artifact.
2. Why? The whole plan or state was stored, to be applied or looked at later.
3. Why does it hold the password? Terraform writes values of all attributes into it.
4. Why was it taken as harmless? Its contents are not shown anywhere.
5. Why does it stay? Artifacts are kept for weeks.

## Fix now
Delete the artifacts and change what was in them. Pass plans between jobs encrypted, or keep them in the remote backend or a private
bucket.

## Workaround
Shorten how long artifacts are kept to a day, and limit who may read them (`artifacts:access` in GitLab).

## Prevent
Name the files that are stored one by one.

## Validate
Download the artifacts of a run and search them for a known password.

## Bad
```github
on: push
permissions: {}
jobs:
  plan:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2
        with:
          name: state
          path: terraform.tfstate # finding
```

```gitlab
plan:
  script:
    - terraform plan -out plan.tfplan
  artifacts:
    paths:
      - plan.tfplan # finding
```

## Good
```gitlab
test:
  script:
    - make test
  artifacts:
    paths:
      - report.xml
      - .env.example
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.reading import field, several

_FILES = re.compile(
    r"(?:^|/)(?:\.env(?:\.(?!example|sample|template|dist)[\w-]+)?|\.npmrc|\.pypirc|\.netrc|\.git-credentials|kubeconfig(?:\.ya?ml)?"
    r"|id_(?:rsa|ed25519|ecdsa)|[\w*.-]*\.(?:tfstate|tfplan|pfx|p12|keystore|jks|pem)|tfplan|\.docker/config\.json|\.aws(?:/credentials)?)$"
)
_UPLOADS = ("actions/upload-artifact", "publishbuildartifacts", "publishpipelineartifact", "store_artifacts", "persist_to_workspace")


def _paths(resource: Resource, graph: Graph) -> list[Node]:
    found: dict[str, Node] = {}
    for node in (node for job in jobs(resource, graph) for node in _stored(job)):
        found.setdefault(str(node.span), node)
    return list(found.values())


@rule(target=KINDS, each=_paths, severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(node: Node) -> Iterator[Fail]:
    at = 0
    for line in (node.text or "").splitlines(keepends=True):
        path = line.strip().strip("\"'")
        if not path.startswith("!") and _FILES.search(path):
            start = at + line.index(path)
            yield Fail(node.part(start, start + len(path)), f"{path} holds credentials, and becomes an artifact", "files without any")
        at += len(line)


def _stored(job: Job) -> Iterator[Node]:
    for step in job.steps:
        if step.calls(*_UPLOADS) and step.uses:
            for key in ("path", "pathToPublish", "targetPath", "paths"):
                yield from several(field(step.uses.inputs, key))
    yield from several(field(field(job.where, "artifacts"), "paths"))
