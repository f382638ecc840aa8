"""kubectl or helm runs on a fresh runner that knows no cluster.

## Why it matters
Without a kubeconfig, kubectl asks `localhost:8080` and ends with *connection refused*. Nothing is deployed.

## Five whys
1. Why did the deployment fail? kubectl found no API server.
2. Why not? The runner has no kubeconfig.
3. Why not? No step of the job fetches one; each job starts on a fresh machine.
4. Why did it work elsewhere? There an earlier step of the same job had fetched it, or the runner was the team's own.

## Fix now
Fetch the kubeconfig in the job: `aws eks update-kubeconfig`, `gcloud container clusters get-credentials`, `az aks get-credentials`, or
`azure/k8s-set-context`.

## Workaround
Run the commands from a machine that has the kubeconfig.

## Prevent
Keep the login, the kubeconfig and the deployment in the same job.

## Validate
`kubectl config current-context` in the job prints the cluster's name.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: kubectl apply -f k8s/ # finding
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: aws eks update-kubeconfig --name main
      - run: kubectl apply -f k8s/
  file:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          echo "${{ secrets.KUBECONFIG }}" > kubeconfig
          kubectl --kubeconfig kubeconfig apply -f k8s/
  action:
    runs-on: ubuntu-24.04
    steps:
      - uses: azure/k8s-set-context@v4
      - run: helm upgrade --install web ./chart --atomic
  own:
    runs-on: [self-hosted, cluster]
    steps:
      - run: kubectl apply -f k8s/
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.model import Job, Step, given
from auditor.views.pipeline.reading import field
from auditor.views.pipeline.shell import calls, commands
from auditor.views.pipeline.variables import set_before

_HOSTED = ("ubuntu-", "windows-", "macos-")
_OPTIONS = ("--kubeconfig", "--server", "-s", "--kube-apiserver", "--token", "--kube-token")
_HARMLESS = ("actions/checkout", "actions/setup-", "azure/setup-", "docker/", "actions/cache", "actions/download-artifact")
_QUIET = frozenset(
    {
        "kubectl",
        "oc",
        "helm",
        "echo",
        "cd",
        "sed",
        "envsubst",
        "cat",
        "ls",
        "sleep",
        "printf",
        "test",
        "[",
        "[[",
        "set",
        "kustomize",
        "true",
        "date",
        "curl",
    }
)


@rule(
    target="github_workflow",
    each=jobs,
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    symptoms=[r"connection to the server localhost:8080 was refused", r"Kubernetes cluster unreachable"],
)
def check(job: Job) -> Iterator[Fail]:
    label = job.runner.value
    if not isinstance(label, str) or not label.startswith(_HOSTED) or any(given(it.where) for it in job.images):
        return
    for found in deployments(job):
        call = found.invocation
        if call is None or call.tool not in ("kubectl", "oc", "helm") or call.has(*_OPTIONS):
            continue
        known = set_before(found.step)
        if known is None or "KUBECONFIG" in known or given(field(found.step.variables, "KUBECONFIG")) or _may_choose(found.step):
            return
        if not any(_may_choose(step) for step in found.step.before):
            yield Fail(found.where, f"no step before gives {call.tool} a cluster", "a step that fetches the kubeconfig")
        return


def _may_choose(step: Step) -> bool:
    """Whether a step may leave a kubeconfig behind."""
    if step.uses is not None:
        return step.uses.local or not step.uses.name.lower().startswith(_HARMLESS)
    made = commands(step)
    if made is None or made.tree.opaque or "kube" in made.tree.text.lower().replace("kubectl", "").replace("kubernetes", ""):
        return True
    return any(call.tool not in _QUIET or call.subcommand[:1] == ("config",) or call.has(*_OPTIONS) for call in calls(step))
