"""A manifest runs an image tag that its pipeline never pushes.

## Why it matters
The pipeline builds an image for each commit, and the manifest that it applies names another tag. Nothing changes in the cluster, or the
pods end in *ImagePullBackOff*, because that tag was never pushed. The pipeline is green either way.

## Five whys
1. Why is the new version not running? The pods still run the old image.
2. Why? The manifest names a fixed tag, and that has not changed.
3. Why does the pipeline not change it? It pushes the image under the commit's tag and applies the manifest as it is.
4. Why did nobody notice? `kubectl apply` says *unchanged*, which is no error.

## Fix now
Deploy what was pushed: `kubectl set image deployment/NAME CONTAINER=IMAGE:TAG`.

## Workaround
Push the image under the manifest's tag as well, until the pipeline sets it.

## Prevent
Set the tag where it is deployed: `kustomize edit set image`, `helm upgrade --set image.tag=$TAG`, or `kubectl set image`.

## Validate
`kubectl get deployment NAME -o jsonpath='{..image}'` shows the tag of the commit.

## Bad
`.github/workflows/deploy.yml`:
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: |
          docker build -t acme/web:${{ github.sha }} .
          docker push acme/web:${{ github.sha }} # finding
          kubectl apply -f k8s/web.yaml
```

`k8s/web.yaml`:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec: {containers: [{name: web, image: "acme/web:1.4"}]}
```

## Good
`.github/workflows/deploy.yml`:
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: |
          docker push acme/web:${{ github.sha }}
          kubectl apply -f k8s/web.yaml
          kubectl set image deployment/web web=acme/web:${{ github.sha }}
```

`k8s/web.yaml`:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec: {containers: [{name: web, image: "acme/web:1.4"}]}
```

`.github/workflows/release.yml`:
```github
on:
  push:
    tags: ['v*']
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          docker push acme/web:${{ github.ref_name }}
          docker push acme/other:1
          kubectl apply -f k8s/web.yaml
```

`k8s/web.yaml`:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec: {containers: [{name: web, image: "acme/web:v1.4"}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.builds import pushes
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.ledger import DEPLOYERS, by_commit, deployed, overrides
from auditor.views.pipeline.model import Pipeline


@rule(
    target=KINDS,
    each=pipelines,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    symptoms=[r"ImagePullBackOff", r"manifest unknown", r"unchanged$"],
)
def check(pipeline: Pipeline, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if overrides(pipeline) or not any(it.tool in DEPLOYERS for job in pipeline.jobs for it in deployments(job)):
        return
    pushed = [name for job in pipeline.jobs for name in pushes(job)]
    for name in dict.fromkeys(it.repository for it in pushed):
        mine = [it for it in pushed if it.repository == name]
        if not all(by_commit(it.tag) for it in mine):
            continue
        for where, tag in deployed(graph, resource, name):
            if not by_commit(tag) and tag != "latest":
                message = f"{name} is pushed under the commit's tag only, and {where.span.file} deploys the tag {tag}"
                yield Fail(mine[0].where, message, "the pushed tag, set where it is deployed", related=(where,))
                break
