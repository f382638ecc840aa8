"""A pipeline logs in to a cloud with a key that never ends.

## Why it matters
A stored key works from everywhere until somebody changes it, and is read by every workflow of the repository. With OIDC the cloud gives
the job a token of its own for minutes, only for the repository, branch or environment that its role names.

## Five whys
1. Why did somebody use the cloud from elsewhere? A key was stolen from the pipeline.
2. Why was it still good? It does not end by itself.
3. Why was there a key? The job logs in with a stored one.
4. Why not by OIDC? The key was set up first, and works.
5. Why is it rarely changed? Nobody knows who else uses it.

## Fix now
Create a role that trusts the platform's OIDC tokens of this repository, log in with it (`role-to-assume`, `workload_identity_provider`,
`client-id` with `id-token: write`; `oidc: true` in Bitbucket), then delete the key.

## Workaround
Change the key now and limit its user to what the pipeline does.

## Prevent
Forbid keys for users of pipelines in the cloud's organisation.

## Validate
The cloud's audit log shows a role that was assumed by web identity.

## Bad
```github
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@61815dcd50bd041e203e49132bacad1fd04d2708 # v5.1.1
        with:
          aws-access-key-id: ${{ secrets.AWS_KEY }}
          aws-secret-access-key: ${{ secrets.AWS_SECRET }} # finding
          aws-region: eu-central-1
      - uses: google-github-actions/auth@7c6bc770dae815cd3e89ee6cdf493a5fab2cc093 # v3.0.0
        with:
          credentials_json: ${{ secrets.GCP_KEY }} # finding
```

## Good
```github
on: push
permissions:
  id-token: write
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - uses: aws-actions/configure-aws-credentials@61815dcd50bd041e203e49132bacad1fd04d2708 # v5.1.1
        with:
          role-to-assume: arn:aws:iam::123456789012:role/deploy
          aws-region: eu-central-1
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.mentions import mentions
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import entries, field
from auditor.views.pipeline.shell import calls

_INPUTS = {
    "aws-actions/configure-aws-credentials": "aws-secret-access-key",
    "google-github-actions/auth": "credentials_json",
    "google-github-actions/setup-gcloud": "service_account_key",
    "azure/login": "creds",
    "aws-actions/amazon-ecr-login": "aws-secret-access-key",
}
_VARIABLES = frozenset({"AWS_SECRET_ACCESS_KEY", "ARM_CLIENT_SECRET", "AZURE_CLIENT_SECRET"})


@rule(target="github_workflow github_action", each=pipelines, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    for step in pipeline.steps:
        key = field(step.uses.inputs, _INPUTS.get(step.uses.name.lower(), "")) if step.uses else None
        if key is not None and any(it.path[0] in ("secrets", "inputs") for it in mentions(key)):
            yield Fail(key, "the login uses a stored key", "a role by OIDC")
    elsewhere = any(call.value("--endpoint-url", "--endpoint") for step in pipeline.steps for call in calls(step))
    tables = [pipeline.variables, *(job.variables for job in pipeline.jobs), *(step.variables for step in pipeline.steps)]
    for table in tables:
        names = dict(entries(table))
        if elsewhere or any("ENDPOINT" in name for name in names):  # another store that speaks S3
            continue
        for name in sorted(_VARIABLES & set(names)):
            if any(it.path[0] == "secrets" for it in mentions(names[name])):
                yield Fail(names[name], f"{name} is a stored key", "a role by OIDC")
