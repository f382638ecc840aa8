"""A job logs in to a cloud by OIDC and may not ask for the token.

## Why it matters
The identity token that the cloud wants is only made for jobs with `permissions: id-token: write`; no default grants it. The login fails
with *Unable to get ACTIONS_ID_TOKEN_REQUEST_URL*, and nothing after it runs.

## Five whys
1. Why does the deployment fail at its login? The job gets no identity token.
2. Why not? Its token has no `id-token: write`.
3. Why not? The permission has to be asked for in the workflow or the job, and a job's own `permissions` replace those of the workflow.
4. Why was it not seen? It shows when the job runs for the first time, after the merge.

## Fix now
Add to the job: `permissions: {id-token: write, contents: read}`, and run it again.

## Workaround
None with OIDC; long-lived keys are no way back.

## Prevent
Keep the permissions next to the login, in the job that logs in.

## Validate
The log of the login shows the role that was assumed.

## Bad
```github
on:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@v4 # finding
        with:
          role-to-assume: arn:aws:iam::111122223333:role/deploy
          aws-region: eu-west-1
```

```github
on: push
permissions:
  id-token: write
jobs:
  deploy:
    permissions: {contents: read}
    runs-on: ubuntu-24.04
    steps:
      - uses: google-github-actions/auth@v2 # finding
        with:
          workload_identity_provider: projects/1/locations/global/workloadIdentityPools/p/providers/g
```

## Good
```github
on: push
permissions:
  id-token: write
  contents: read
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: {role-to-assume: 'arn:aws:iam::111122223333:role/deploy', aws-region: eu-west-1}
  keys:
    permissions: {}
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          aws-access-key-id: ${{ secrets.KEY }}
          role-to-assume: arn:aws:iam::111122223333:role/deploy
      - uses: azure/login@v2
        with: {creds: '${{ secrets.AZURE }}'}
```

A called workflow has what its caller gives:

```github
on: workflow_call
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: {role-to-assume: 'arn:aws:iam::111122223333:role/deploy', aws-region: eu-west-1}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step, given
from auditor.views.pipeline.reading import field

_LOGINS = {
    "aws-actions/configure-aws-credentials": ("role-to-assume", ("aws-access-key-id", "web-identity-token-file", "role-chaining")),
    "google-github-actions/auth": ("workload_identity_provider", ("credentials_json",)),
    "azure/login": ("client-id", ("creds", "auth-type")),
}
"""Action -> the input that means OIDC, and those that mean another login."""


@rule(
    target="github_workflow",
    each=steps,
    severity=Severity.HIGH,
    symptoms=[
        r"Unable to get ACTIONS_ID_TOKEN_REQUEST_URL",
        r"Could not load credentials from any providers",
        r"Credentials could not be loaded",
    ],
)
def check(step: Step) -> Iterator[Fail]:
    login = _LOGINS.get(step.uses.name.lower()) if step.uses else None
    if step.uses is None or login is None or step.job.pipeline.only_called:
        return
    wanted, others = login
    inputs = step.uses.inputs
    if not given(field(inputs, wanted)) or any(given(field(inputs, name)) for name in others) or _environment_keys(step):
        return
    permissions = step.job.permissions if given(step.job.permissions) else step.job.pipeline.permissions
    granted = permissions.value == "write-all" or (given(permissions) and field(permissions, "id-token").value == "write")
    if not granted:
        yield Fail(step.uses.where, "it logs in by OIDC, and the job may not ask for an identity token", "permissions: id-token: write")


def _environment_keys(step: Step) -> bool:
    tables = (step.variables, step.job.variables, step.job.pipeline.variables)
    return any(given(field(table, "AWS_ACCESS_KEY_ID")) for table in tables)
