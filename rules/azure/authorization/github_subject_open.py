"""Workflows of foreign GitHub repositories can log in as an application.

## Why it matters
The subject is all that ties a token of GitHub to your application. When it is missing, `*`, or names no repository, a workflow that
anybody starts gets the application's rights in Azure.

## Five whys
1. Why did a stranger's workflow deploy into our subscription? It logged in as our application.
2. Why was it let in? The credential's subject fits it.
3. Why? It was written wide while the right text was not known.

## Fix now
`az ad app federated-credential update --id APP --federated-credential-id ID --parameters '{"subject":
"repo:contoso/shop:environment:production", ...}'`; then read the application's sign-ins for strange workflows.

## Workaround
Delete the credential until the subject is right: `az ad app federated-credential delete --id APP --federated-credential-id ID`.

## Prevent
The subject built from the repository's resource in the module, with an environment that has reviewers.

## Validate
A workflow on another branch fails at `azure/login` with AADSTS70021.

## Bad
```hcl
resource "azuread_application_federated_identity_credential" "deploy" {
  application_id = "/applications/00000000-0000-0000-0000-000000000000"
  display_name   = "deploy"
  audiences      = ["api://AzureADTokenExchange"]
  issuer         = "https://token.actions.githubusercontent.com"
  subject        = "repo:*" # finding
}
```

## Good
```hcl
resource "azuread_application_federated_identity_credential" "deploy" {
  application_id = "/applications/00000000-0000-0000-0000-000000000000"
  display_name   = "deploy"
  audiences      = ["api://AzureADTokenExchange"]
  issuer         = "https://token.actions.githubusercontent.com"
  subject        = "repo:contoso/shop:environment:production"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule

_GITHUB = "https://token.actions.githubusercontent.com"
_NAMES_REPOSITORY = re.compile(r"repo:[\w.${}\[\]\"-]+/[\w.${}\[\]\"-]+(:.+)?")


@rule(
    target="azuread_application_federated_identity_credential",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_AZURE_249",
)
def check(credential: Node) -> Iterator[Fail]:
    if (credential.at("issuer").text or "").rstrip("/") != _GITHUB:
        return
    subject = credential.at("subject")
    if not _NAMES_REPOSITORY.fullmatch(subject.text or ""):
        yield Fail(subject, "workflows of any repository may log in", expected="repo:OWNER/REPOSITORY and a branch or environment")
