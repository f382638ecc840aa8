"""An instance refresh goes on before the new instance can have started.

## Why it matters
After each replacement a refresh waits for `instance_warmup`. When that is shorter than a start, the next old instance is ended while
the new one is not up yet: the rollout runs through the whole group, and a broken image is noticed when nothing of the old one is left.

## Five whys
1. Why was the whole group on the broken image within minutes? The refresh did not wait for the first instance.
2. Why not? It waits for 10 seconds.
3. Why so short? `instance_warmup` was lowered to make rollouts quick.

## Fix now
`aws autoscaling rollback-instance-refresh --auto-scaling-group-name NAME` while it runs. Take `instance_warmup` out, so that the
group's own `default_instance_warmup` holds, or set it to the start.

## Workaround
`checkpoint_percentages = [10, 100]` with `checkpoint_delay = 600` stops after the first tenth.

## Prevent
One number for the start, on the group. The rule compares with that, else with 120 s for Linux and 300 s for Windows (the options
`linux_seconds` and `windows_seconds`, our proposal).

## Validate
`aws autoscaling describe-instance-refreshes --auto-scaling-group-name NAME` shows minutes, not seconds, between the instances.

## Bad
```hcl
resource "aws_autoscaling_group" "web" {
  min_size = 4
  max_size = 8

  instance_refresh {
    strategy = "Rolling"
    preferences {
      instance_warmup = 10 # finding
    }
  }
}
```

## Good
```hcl
resource "aws_autoscaling_group" "web" {
  min_size = 4
  max_size = 8

  instance_refresh {
    strategy = "Rolling"
    preferences {
      instance_warmup = 60
    }
  }
}

resource "aws_autoscaling_group" "fast" { # measured
  min_size                = 4
  max_size                = 8
  default_instance_warmup = 40

  instance_refresh {
    strategy = "Rolling"
    preferences {
      instance_warmup = 40
    }
  }
}

resource "aws_autoscaling_group" "hooked" { # the instance says when it is ready
  name     = "hooked"
  min_size = 4
  max_size = 8

  initial_lifecycle_hook {
    name                 = "ready"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
  }
  instance_refresh {
    strategy = "Rolling"
    preferences {
      instance_warmup = 0
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.scaling.fleet import Fleet
from auditor.views.scaling.group import GROUP, launch_hooks


@rule(
    target=GROUP,
    each="instance_refresh.preferences",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    options={"linux_seconds": 60, "windows_seconds": 180},
)
def check(preferences: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    warmup = preferences.at("instance_warmup")
    if warmup.missing or warmup.number is None or next(launch_hooks(resource, graph), None) is not None:
        return
    begin = Fleet(resource, graph, options["linux_seconds"], options["windows_seconds"]).start
    if warmup.number < begin.seconds:
        message = f"the refresh waits {warmup.number:g} s for an instance that needs {begin.seconds:g} s ({begin.words})"
        yield Fail(warmup, message, expected=f"at least {begin.seconds:g} s", related=(begin.where,) if begin.where else ())
