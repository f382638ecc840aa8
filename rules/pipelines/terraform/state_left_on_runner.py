"""A pipeline applies a configuration whose state stays on the runner.

## Why it matters
Without a backend the state is a file in the folder, and the runner is thrown away after the job. The next run knows nothing of what
exists: it fails on every name that is taken, or creates everything a second time, and nothing can be changed or destroyed with Terraform
any more.

## Five whys
1. Why does the second run fail with *already exists*? Terraform does not know what it has created.
2. Why not? Its state is gone.
3. Why? It was a file on a runner that does not exist any more.
4. Why was it there? The configuration has no backend.
5. Why not? On the laptop where it was written the file stayed.

## Fix now
Run no further `apply`. Add a backend, then `terraform import` what exists.

## Workaround
Keep `terraform.tfstate` of the run as an artifact until the backend is there (it holds secrets).

## Prevent
A backend with locking for every configuration that a pipeline applies: S3 with `use_lockfile`, GCS, azurerm, GitLab's http backend, HCP
Terraform.

## Validate
Start the pipeline twice: the second run says *No changes*.

## Bad
`.github/workflows/apply.yml`:
```github
on:
  push:
    branches: [main]
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - run: terraform init
        working-directory: infra
      - run: terraform apply -auto-approve # finding
        working-directory: infra
```

`infra/main.tf`:
```hcl
resource "aws_s3_bucket" "logs" {
  bucket = "shop-logs"
}
```

## Good
`.github/workflows/apply.yml`:
```github
on:
  push:
    branches: [main]
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - run: terraform -chdir=infra init
      - run: terraform -chdir=infra apply -auto-approve
      - run: terraform -chdir=other init -backend-config=backend.hcl
      - run: terraform -chdir=made apply -auto-approve
  own:
    runs-on: self-hosted
    steps:
      - run: terraform -chdir=other apply -auto-approve
```

`infra/main.tf`:
```hcl
terraform {
  backend "s3" {
    bucket       = "shop-state"
    key          = "infra"
    use_lockfile = true
  }
}
```

`other/main.tf`:
```hcl
resource "aws_s3_bucket" "logs" {
  bucket = "shop-logs"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Resource, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.model import Job, Platform
from auditor.views.pipeline.paths import base, inside
from auditor.views.pipeline.shell import calls, commands
from auditor.views.shell.invocation import Invocation

_TOOLS = frozenset({"terraform", "tofu"})
_KEPT = ("terraform.tfstate", "tfstate", "terragrunt", "TF_CLOUD", "backend.tf", "backend_override", "_override.tf")
"""Words of scripts that keep the state, or write a backend before they apply."""


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"already exists", r"EntityAlreadyExists", r"BucketAlreadyOwnedByYou", r"AlreadyExistsException"],
)
def check(job: Job, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if job.pipeline.platform is Platform.JENKINS or "self-hosted" in str(job.runner.plain()) or _keeps(job):
        return
    for found in deployments(job):
        call = found.invocation
        if call is None or found.tool not in _TOOLS or call.subcommand[:1] != ("apply",) or call.has("-state"):
            continue
        settings = _settings(_folder(job, found.step.index, call), resource, graph)
        if settings is None or settings.body.at("cloud").present:
            continue
        backend = settings.body.at("backend")
        if not backend.present or backend.at("type").text == "local":
            where = backend if backend.present else settings.body
            yield Fail(found.where, f"{settings.root} has no backend, so its state ends with the runner", "a backend", related=(where,))
            return


def _folder(job: Job, index: int, call: Invocation) -> str | None:
    """The root that a command applies, counted from the top of the repository."""
    step = next(it for it in job.steps if it.index == index)
    here = base(step, call.command.state.directory) if call.shift >= 0 else None
    chosen = call.value("-chdir")
    return inside(here, chosen) if chosen is not None else here


def _settings(folder: str | None, resource: Resource, graph: Graph) -> Resource | None:
    """The settings of a root module; None when it is not read."""
    if folder is None:
        return None
    prefix = "" if resource.root == "." else f"{resource.root}/"
    wanted = resource.root if folder == "." else f"{prefix}{folder}"
    every = (*graph.of("terraform"), *(it for it in graph.context if it.kind == "terraform"))
    return next((it for it in every if it.root == wanted and it.body.at("root_module").value is True), None)


def _keeps(job: Job) -> bool:
    """Whether the job may bring the state, or another backend, along."""
    made = [found for step in job.steps if (found := commands(step))]
    if any(word in found.tree.text for found in made for word in _KEPT):
        return True
    others = any(step.uses and ("terragrunt" in step.uses.name.lower() or "cache" in step.uses.name.lower()) for step in job.steps)
    return others or any(call.has("-migrate-state", "-reconfigure") for step in job.steps for call in calls(step))
