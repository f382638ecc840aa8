"""A pipeline ends before it knows whether the new version runs.

## Why it matters
`kubectl apply` returns as soon as the API server has stored the object. Whether the image can be pulled, the pods start and the probes
pass shows minutes later. A pipeline that does not wait is green while production crash-loops, and nobody looks.

## Five whys
1. Why did customers report the outage and not the pipeline? The pipeline was green.
2. Why, though no new pod ever got ready? It ended before the pods were started.
3. Why did it not wait? Nothing after `kubectl apply` asks for the rollout.
4. Why not? In the first weeks every rollout went well, so the line was not missed.

## Fix now
Look at the rollout that went by: `kubectl -n NAMESPACE rollout status deployment/NAME --timeout=60s`; if it hangs, `kubectl -n
NAMESPACE rollout undo deployment/NAME`.

## Workaround
Watch `kubectl -n NAMESPACE get pods -w` by hand after each deployment.

## Prevent
`kubectl -n NAMESPACE rollout status deployment/NAME --timeout=5m` as the next command, and a step with `if: failure()` that undoes it.
The timeout matters: a StatefulSet or DaemonSet has no deadline of its own.

## Validate
Deploy an image tag that does not exist in a test namespace: the pipeline fails within the timeout.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/ # finding
```

```gitlab
deploy:
  script:
    - kubectl set image deployment/web web=shop/web:$CI_COMMIT_SHA # finding
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
          kubectl apply -f k8s/
          kubectl rollout status deployment/web --timeout=5m
  namespace:
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f namespace.yaml
  other:
    runs-on: ubuntu-24.04
    steps:
      - run: kubectl apply -f k8s/
  check:
    needs: other
    runs-on: ubuntu-24.04
    steps:
      - run: curl --fail https://shop.example.com/healthz
```

`namespace.yaml`:
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop}
```

```gitlab
deploy:
  script:
    - kubectl set image deployment/web web=shop/web:$CI_COMMIT_SHA
    - kubectl wait --for=condition=Available deployment/web --timeout=5m
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.rollout import starts_pods, verified

_TOOLS = frozenset({"kubectl", "oc"})


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    symptoms=[r"CrashLoopBackOff", r"ImagePullBackOff", r"exceeded its progress deadline"],
)
def check(job: Job, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for found in deployments(job):
        call = found.invocation
        if found.tool in _TOOLS and call is not None and starts_pods(call, resource, graph) and not verified(found):
            message = f"{found.tool} {' '.join(call.subcommand)} returns before the pods start, and nothing waits for them"
            yield Fail(found.where, message, "kubectl rollout status with a timeout")
            return
