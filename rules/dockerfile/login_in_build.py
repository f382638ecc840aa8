"""The build logs in, and the credentials stay in a layer.

## Why it matters
`aws configure`, `az login`, `npm config set` and the like write a file. It is part of the layer, for everybody who can pull the image,
also when a later RUN removes it.

## Five whys
1. Why could a stranger use our account? The credentials were in the image.
2. Why? `aws configure set` wrote them to `~/.aws/credentials` during the build.
3. Why was it needed? A file had to be fetched from a bucket.

## Fix now
Give the credentials to that RUN alone: `RUN --mount=type=secret,id=aws AWS_SHARED_CREDENTIALS_FILE=/run/secrets/aws aws s3 cp ...`.

## Workaround
Fetch the file before the build, and COPY it. Change the credentials: they are known.

## Prevent
Short-lived credentials for builds (OIDC).

## Validate
`docker save IMAGE | tar x`, and no layer holds the file.

## Bad
```dockerfile finding=3,4
FROM alpine:3.20
ARG KEY
RUN aws configure set aws_secret_access_key "$KEY" && aws s3 cp s3://b/x .
RUN npm config set //registry.npmjs.org/:_authToken "$KEY"
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
RUN --mount=type=secret,id=aws AWS_SHARED_CREDENTIALS_FILE=/run/secrets/aws aws s3 cp s3://b/x .
RUN aws configure set region eu-west-1 && git config --global user.name x
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell.invocation import Invocation

_TOKEN = re.compile(r"_authToken|_auth=|_password|//[^/\s]+/:")


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    each=runs,
    aliases="DS-0031 AVD-DS-0031",
)
def check(run: Run) -> Iterable[Fail]:
    mounts = " ".join(mount.text or "" for mount in run.instruction.flag("mount").each())
    if "type=secret" in mounts or "type=ssh" in mounts:
        return
    for it in run.invocations:
        if _logs_in(it):
            yield Fail(run.call(it), f"{it.tool} stores credentials, which stay in the layer", "a secret mount")
            return


def _logs_in(it: Invocation) -> bool:
    """Whether a command stores credentials in the file system."""
    given = " ".join(word.text for word in it.words)
    match it.tool:
        case "aws":
            return (
                it.is_("aws", "configure", "set") and re.search(r"aws_(?:access_key_id|secret_access_key|session_token)", given) is not None
            )
        case "gcloud":
            return it.is_("gcloud", "auth", "activate-service-account") or it.is_("gcloud", "auth", "login")
        case "az" | "docker" | "podman" | "crane" | "skopeo" | "oras":
            return it.is_(it.tool, "login")
        case "npm" | "yarn" | "pnpm":
            return it.is_(it.tool, "login") or (it.is_(it.tool, "config", "set") and _TOKEN.search(given) is not None)
        case "helm":
            return it.is_("helm", "registry", "login") or (it.is_("helm", "repo", "add") and it.value("--password") is not None)
        case "git":
            return it.is_("git", "config") and re.search(r"url\.\S*(?:@|token)|credential\.helper store|extraheader", given) is not None
        case _:
            return False
