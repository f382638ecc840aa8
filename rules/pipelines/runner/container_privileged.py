"""A job's container has the rights of its host.

## Why it matters
A privileged container, or one with the socket of the container engine, can read and change everything on the machine that runs it: other
jobs, their secrets, and the node of a cluster.

## Five whys
1. Why could a job take over the machine? Its container has the rights of the host.
2. Why? It is privileged, or the engine's socket is mounted.
3. Why? The job builds images.
4. Why that way? It is the first that works.
5. Why is it a danger? The job runs code of many others.

## Fix now
Build images without these rights: BuildKit rootless, buildah, kaniko, or a remote builder.

## Workaround
Run such jobs on machines of their own that are thrown away.

## Prevent
Let the runner or the cluster refuse privileged containers.

## Validate
In the job `ls /dev` shows no disks of the host, and there is no docker.sock.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    container:
      image: node:22.11.0
      options: --privileged # finding
      volumes:
        - /var/run/docker.sock:/var/run/docker.sock # finding
    steps:
      - run: make
```

```yaml task.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  steps:
    - name: build
      image: docker:27
      securityContext:
        privileged: true # finding
      script: docker build .
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    container:
      image: node:22.11.0
      options: --cpus 2
      volumes:
        - cache:/cache
    steps:
      - run: make
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.runners import HostRight, host_rights


@rule(target=KINDS, each=host_rights, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(right: HostRight) -> Iterator[Fail]:
    yield Fail(right.where, right.text, "a build without these rights")
