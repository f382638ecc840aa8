"""A batch job runs with all rights of root on its host.

## Why it matters
A privileged job sees every device of the instance and the other jobs on it, and reads the credentials of the instance role. Job input
often comes from outside.

## Five whys
1. Why could one job read the files of another? It was privileged, and both shared a host.
2. Why? `privileged` is true.
3. Why? It had to mount a volume.

## Fix now
Remove it and register a new revision. Volumes are declared (`volumes`, `mountPoints`, EFS), single rights go to `linuxParameters`.

## Workaround
A compute environment of its own for such jobs.

## Prevent
Forbid it in the gate.

## Validate
`aws batch describe-job-definitions --job-definition-name J --status ACTIVE --query 'jobDefinitions[].containerProperties.privileged'`.

## Bad
```hcl
resource "aws_batch_job_definition" "convert" {
  name = "convert"
  type = "container"
  container_properties = jsonencode({
    image      = "convert:4"
    privileged = true # finding
  })
}
```

## Good
```hcl
resource "aws_batch_job_definition" "convert" {
  name = "convert"
  type = "container"
  container_properties = jsonencode({
    image = "convert:4"
  })
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule
from auditor.views.container import containers


def places(resource: Resource, graph: Graph) -> Iterator[Node]:
    yield from (container.at("privileged") for container in containers(resource, graph))
    yield from resource.each("eks_properties.pod_properties.containers.security_context.privileged")


@rule(target="aws_batch_job_definition", each=places, severity=Severity.HIGH, aliases="CKV_AWS_210")
def check(privileged: Node) -> Iterator[Fail]:
    if privileged.present and privileged.flag:
        yield Fail(privileged, "the job has all rights of root on its host", expected="false")
