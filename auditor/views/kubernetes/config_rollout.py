"""Whether a change of what pods read restarts them."""

from __future__ import annotations

import re

from auditor.views.kubernetes.pod import Pod

_CHECKSUM = re.compile(r"checksum|hash|config-?version|sha256|rollme|restartedAt", re.IGNORECASE)
_RELOADERS = (
    "reloader.stakater.com/",
    "configmap.reloader.stakater.com/",
    "secret.reloader.stakater.com/",
    "wave.pusher.com/",
    "stakater.com/",
)
_HASHED = re.compile(r"-(?=[a-z0-9]*\d)[bcdfghkmt2456789]{10}$")


def is_rolled(pod: Pod) -> bool:
    """Whether an annotation changes with the configuration, or has a controller restart the pods. Raises `Undecided`."""
    own = pod.resource.at("metadata.annotations")
    if any(key.startswith(_RELOADERS) for key, _ in own.entries()):
        return True
    return any(_CHECKSUM.search(key) or key.startswith(_RELOADERS) for key, _ in pod.annotations.entries())


def has_hash(name: str) -> bool:
    """Whether a name ends with the hash of its content, as kustomize writes it: a change makes another object."""
    return _HASHED.search(name) is not None
