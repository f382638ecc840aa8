"""A deployment names a file or folder that the repository does not have.

## Why it matters
The command ends with *the path does not exist* or *no such file or directory*. What stands before it in the script is already done, so
that a deployment may stop half way. A folder that another job has made is not there, either: each job starts on a fresh machine.

## Five whys
1. Why did the deployment stop? A command did not find its file.
2. Why not? The repository has no such path.
3. Why does the pipeline name it? The file was moved or renamed, or the path counts from another folder than the one in which the step
   runs.
4. Why was that merged? The deployment only runs after the merge, so no check of the change has run it.

## Fix now
Correct the path (`git ls-files` lists what there is; `git log --follow --diff-filter=R --summary -- OLD` where it went) and run the
deployment again.

## Workaround
Run the command from a checkout of the last commit that still had the path.

## Prevent
Rehearse deployments on pull requests: `kubectl apply --dry-run=server -f`, `helm template`, `terraform plan`, `docker compose config`,
with the same paths.

## Validate
`git ls-files PATH | head -1` from the folder in which the step runs prints a file.

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
      - run: kubectl apply -f k8s/producton/ # finding
      - run: helm upgrade --install web ./chart -f values/prod.yaml --atomic # finding
      - run: ansible-playbook -i hosts.ini playbooks/sites.yml # finding
        working-directory: ansible
  infra:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: terraform -chdir=infra apply -var-file=prod.tfvars # finding
  site:
    needs: deploy
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: aws s3 sync dist s3://shop-web --delete # finding
  pages:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: peaceiris/actions-gh-pages@v4
        with:
          publish_dir: ./public # finding
```

`k8s/production/web.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
```

`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: web
version: 1.0.0
```

`infra/main.tf`:
```hcl
terraform {}
```

`ansible/playbooks/site.yml`:
```yaml
- hosts: all
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
      - run: kubectl apply -f k8s/production/
      - run: |
          cd k8s
          kubectl apply -f production/web.yaml -f https://example.com/crd.yaml -f -
      - run: helm upgrade --install web ./chart -f "values/$STAGE.yaml" --atomic
      - run: helm upgrade --install db bitnami/postgresql --atomic
      - run: |
          envsubst < k8s/production/web.yaml > made.yaml
          kubectl apply -f made.yaml
      - run: |
          ./render.sh
          kubectl apply -f rendered/
  site:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: npm ci && npm run build
      - run: aws s3 sync dist s3://shop-web
      - run: aws s3 sync s3://shop-web backup
```

`k8s/production/web.yaml`:
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
```

`chart/Chart.yaml`:
```yaml
apiVersion: v2
name: web
version: 1.0.0
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, steps
from auditor.views.pipeline.checkout import may_hold
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.paths import named
from auditor.views.pipeline.repository import repository


@rule(
    target=KINDS,
    each=steps,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"error: the path \S+ does not exist",
        r"path \S+ not found",
        r"open \S+: no such file or directory",
        r"Could not open requirements file",
        r"the playbook: \S+ could not be found",
        r"Given variables file \S+ does not exist",
        r"repo \S+ not found",
    ],
)
def check(step: Step, resource: Resource, graph: Graph) -> Iterator[Fail]:
    files = repository(resource, graph)
    for found in named(step):
        if files.has(found.path) is False and not may_hold(step, found.path, found.start):
            near = files.nearest(found.path)
            yield Fail(
                found.where,
                f"the repository has no {found.what} {found.path}",
                f"{near} (which is there)" if near else "a path that exists",
            )
