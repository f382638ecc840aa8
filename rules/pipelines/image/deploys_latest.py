"""A pipeline pushes a tag for each commit, and the cluster runs latest.

## Why it matters
The manifest says `latest` and does not change between two commits, so `kubectl apply` finds nothing to do: the new image is pushed and
never started. Nodes that have an older `latest` keep it.

## Five whys
1. Why is the change not live? The pods were not restarted.
2. Why not? The manifest is the same as before: its tag is `latest`.
3. Why was the new image not pulled? Nothing told the cluster that there is one.
4. Why is the commit's tag not used? The pipeline pushes it and does not set it.

## Fix now
`kubectl set image deployment/NAME CONTAINER=IMAGE:TAG` with the tag of the commit.

## Workaround
`kubectl rollout restart deployment/NAME` with `imagePullPolicy: Always`.

## Prevent
Set the tag that was pushed in the step that deploys.

## Validate
`kubectl get pods -o jsonpath='{..imageID}'` shows the digest that was pushed.

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
      - run: |
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
    spec: {containers: [{name: web, image: acme/web}]}
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
      - run: |
          docker push acme/web:${{ github.sha }}
          sed -i "s/latest/${{ github.sha }}/" k8s/web.yaml
          kubectl apply -f k8s/web.yaml
```

`k8s/web.yaml`:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec: {containers: [{name: web, image: acme/web}]}
```

`.github/workflows/deploy.yml`:
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          docker push acme/web:${{ github.sha }}
          kubectl apply -f k8s/web.yaml
          kubectl rollout restart deployment/web
```

`k8s/web.yaml`:
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec: {containers: [{name: web, image: acme/web}]}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.builds import pushes
from auditor.views.pipeline.ledger import by_commit, deployed, overrides, restarts
from auditor.views.pipeline.model import Pipeline


@rule(
    target=KINDS,
    each=pipelines,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
)
def check(pipeline: Pipeline, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if overrides(pipeline) or restarts(pipeline):
        return
    pushed = [name for job in pipeline.jobs for name in pushes(job)]
    for name in dict.fromkeys(it.repository for it in pushed):
        mine = [it for it in pushed if it.repository == name]
        running = [where for where, tag in deployed(graph, resource, name) if tag == "latest"]
        if running and any(by_commit(it.tag) for it in mine):
            message = f"{name} is pushed for each commit, and {running[0].span.file} deploys latest: nothing changes in the cluster"
            yield Fail(
                next(it.where for it in mine if by_commit(it.tag)),
                message,
                "the pushed tag, set where it is deployed",
                related=(running[0],),
            )
