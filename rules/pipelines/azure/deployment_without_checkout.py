"""A deployment job uses files of the repository that it has not fetched.

## Why it matters
Plain jobs fetch the repository by themselves, deployment jobs do not: they only download artifacts. Scripts and manifests of the
repository are not there: *No such file or directory*.

## Five whys
1. Why did the deployment fail? It did not find its manifests.
2. Why not? The repository was not fetched.
3. Why not? A deployment job only does so when told to.
4. Why did it work as a plain job? There it is done without being asked.

## Fix now
Add `- checkout: self` as the first step.

## Workaround
Publish the files as an artifact of the build, and take them from `$(Pipeline.Workspace)`.

## Prevent
Deploy artifacts rather than the repository.

## Validate
The log of the job shows *Syncing repository*.

## Bad
`azure-pipelines.yml`:
```azure
jobs:
  - deployment: web
    environment: production
    strategy:
      runOnce:
        deploy:
          steps:
            - script: kubectl apply -f k8s/web.yaml # finding
```

`k8s/web.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
```

## Good
`azure-pipelines.yml`:
```azure
jobs:
  - deployment: web
    environment: production
    strategy:
      runOnce:
        deploy:
          steps:
            - checkout: self
            - script: kubectl apply -f k8s/web.yaml
  - job: plain
    steps:
      - script: kubectl apply -f k8s/web.yaml
```

`k8s/web.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.paths import named, scripts
from auditor.views.pipeline.reading import field
from auditor.views.pipeline.repository import repository
from auditor.views.pipeline.shell import calls


@rule(
    target="azure_pipeline", each=jobs, severity=Severity.HIGH, symptoms=[r"[Nn]o such file or directory", r"the path \S+ does not exist"]
)
def check(job: Job, resource: Resource, graph: Graph) -> Iterator[Fail]:
    files = repository(resource, graph)
    if not given(field(job.where, "deployment")) or job.pipeline.doubts:
        return
    for step in job.steps:
        if (step.uses is not None and step.script is None) or any(
            call.tool in ("git", "curl", "tar", "unzip", "az") for call in calls(step)
        ):
            return
        for found in (*named(step), *scripts(step)):
            if files.has(found.path):
                yield Fail(found.where, f"{found.path} is in the repository, which a deployment job does not fetch", "checkout: self")
                return
