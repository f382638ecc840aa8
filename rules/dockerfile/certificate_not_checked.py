"""A command of the build does not check certificates.

## Why it matters
Whoever stands between the builder and the server can put anything into the image. TLS without that check hides the traffic from
everybody but the attacker.

## Five whys
1. Why was the download replaced? The proxy answered in place of the server.
2. Why did curl accept that? `-k`.
3. Why was it written? The company's own certificate authority was not in the base image.

## Fix now
Copy your certificate authority into the image (`COPY ca.crt /usr/local/share/ca-certificates/`, `RUN update-ca-certificates`) and
remove the option.

## Workaround
Name the authority for the one command: `curl --cacert`, `pip --cert`, `git -c http.sslCAInfo=`.

## Prevent
A base image of your own with the authority in it.

## Validate
The command works without the option.

## Bad
```dockerfile finding=2,3,4,5,6,7,8
FROM alpine:3.20
RUN curl -Lk https://example.com | tar xz
RUN wget --no-check-certificate https://example.com
RUN npm config set strict-ssl false
RUN git -c http.sslVerify=false clone https://example.com/x.git
RUN yum-config-manager --save --setopt=main.sslverify=0
RUN pip install --trusted-host pypi.org flask
RUN pip config set global.trusted-host pypi.org
USER 1000
```

## Good
```dockerfile
FROM alpine:3.20
RUN curl -fsSL https://example.com | grep -k x
RUN wget https://example.com && echo --no-check-certificate
RUN npm config set strict-ssl true
RUN yum-config-manager --save --setopt=main.sslverify=1
USER 1000
```
"""

import re
from collections.abc import Iterable

from auditor.sdk import Fail, Profile, Severity, rule
from auditor.views.docker.run import Run, runs
from auditor.views.shell.invocation import Invocation

_VERIFY = re.compile(r"(?:.+\.)?sslverify=(?:0|false|no)$", re.IGNORECASE)


@rule(
    target="dockerfile",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    each=runs,
    aliases="CKV2_DOCKER_2 CKV2_DOCKER_3 CKV2_DOCKER_4 CKV2_DOCKER_13 CKV2_DOCKER_15",
)
def check(run: Run) -> Iterable[Fail]:
    for invocation in run.invocations:
        if how := _unchecked(invocation):
            yield Fail(run.call(invocation), f"{how}: certificates are not checked", "checked certificates")


def _unchecked(it: Invocation) -> str:
    """What switches the check off, empty when nothing does."""
    match it.tool:
        case "curl":
            short = any(not o.name.startswith("--") and "k" in o.name[1:] for o in it.options)
            return "curl --insecure" if short or it.has("--insecure", "--proxy-insecure") else ""
        case "wget":
            return "wget --no-check-certificate" if it.has("--no-check-certificate") else ""
        case "pip" | "pip3" | "pipenv" | "uv":
            if it.is_(it.tool, "config", "set") and "trusted-host" in " ".join(word.text for word in it.operands):
                return "pip config set trusted-host"
            return f"{it.tool} --trusted-host" if it.has("--trusted-host") or it.value("--trusted-host") is not None else ""
        case "python" | "python3":
            return "pip --trusted-host" if any(word.text == "pip" for word in it.operands) and it.has("--trusted-host") else ""
        case "npm" | "yarn" | "pnpm":
            return f"strict-ssl of {it.tool} is off" if _strict_ssl(it) else ""
        case "git":
            given = " ".join(word.text for word in it.words).lower()
            return "http.sslVerify of git is off" if re.search(r"http(?:\.\S+)?\.sslverify[= ](?:false|0|no)\b", given) else ""
        case "yum-config-manager" | "dnf-config-manager" | "yum" | "dnf" | "microdnf" | "tdnf":
            settings = [*(word.text for word in it.values("--setopt")), *(word.text for word in it.operands)]
            return "sslverify is off" if any(_VERIFY.match(text) for text in settings) else ""
        case _:
            return ""


def _strict_ssl(it: Invocation) -> bool:
    texts = [word.text for word in it.words]
    for before, text in zip(texts, [*texts[1:], ""], strict=True):
        if before.lstrip("-") == "strict-ssl" and text == "false":
            return True
    return any(text.lstrip("-") in ("strict-ssl=false", "no-strict-ssl") for text in texts)
