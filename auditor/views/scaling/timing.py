"""How long things take in a group: pure arithmetic, all in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from auditor.model.resource import Resource

LINUX: Final = 120
WINDOWS: Final = 300
TASK: Final = 60
"""What a start takes when nothing says it: an instance with its software, a container. Our proposal; rules have options for them."""


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """A load balancer's check: so many seconds between two, so many good ones in a row to be healthy, bad ones to be unhealthy.

    `trusting`: a target that is new needs one good check only, as those of Application and Network Load Balancers do.
    """

    interval: float
    healthy: float
    unhealthy: float
    trusting: bool = True

    def is_found_sick(self, start: float) -> bool:
        """Whether a target that starts in `start` seconds is found sick before it is up; one that is new only is not yet healthy."""
        return not self.trusting or start > self.unhealthy * self.interval

    def until_healthy(self, start: float) -> float:
        """Seconds from the launch until it is healthy: one good check where it was not found sick before, else all of them."""
        return start + self.interval * (self.healthy if self.is_found_sick(start) else 1)

    def sick_until(self, start: float) -> float:
        """Seconds from the launch until nobody takes it for sick any more; 0 where nobody ever does."""
        return self.until_healthy(start) if self.is_found_sick(start) else 0


def check_of(target: Resource) -> HealthCheck:
    """The check of a target group (`aws_lb_target_group`) or of a classic load balancer (`aws_elb`), with the defaults of the provider."""
    classic = target.kind == "aws_elb"
    numbers = [target.at(f"health_check.{name}").number for name in ("interval", "healthy_threshold", "unhealthy_threshold")]
    interval, healthy, unhealthy = (
        default if number is None else number for number, default in zip(numbers, _DEFAULTS[classic], strict=True)
    )
    return HealthCheck(interval, healthy, unhealthy, trusting=not classic)


_DEFAULTS: Final = {False: (30, 3, 3), True: (30, 10, 2)}
"""Interval, good and bad checks of a target group, of a classic load balancer."""
