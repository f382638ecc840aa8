"""Rendering charts with another program: without network, without the user's environment, with bounds on time and memory."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path, PurePosixPath

from auditor.loaders import Release, Render, Rendering

SECONDS = 30
BYTES = 4 * 1024**3
"""Address space: the Go runtime reserves far more than it uses."""

_SOURCE = re.compile(r"^# Source: (\S+)\s*$", re.M)
_SDK = """
import json, sys
import helm_python as helm
folder, values, name, namespace, version = json.load(sys.stdin)
def render(chart):
    try:  # the package knows how to, but its method does not say so
        from helm_python import _native
        options = {"name": name, "namespace": namespace, "kube_version": version}
        return json.loads(_native.call_string("helm_render", chart._raw(), json.dumps(merged), json.dumps(options)))
    except (AttributeError, ImportError, TypeError):
        return chart.render(merged, name=name, namespace=namespace)
merged = {}
def merge(into, new):
    for key, value in new.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value
for text in values:
    merge(merged, helm.values_from_yaml(text) or {})
with helm.Chart.load(folder) as chart:
    json.dump(render(chart), sys.stdout)
"""


@cache
def chart_renderer() -> Render | None:
    """What renders charts here: the `helm` binary, else the package helm-python-sdk; None when there is neither."""
    if shutil.which("helm"):
        return _with_binary
    return _with_package if importlib.util.find_spec("helm_python") else None


def _with_binary(files: Mapping[str, bytes], values: tuple[bytes, ...], release: Release) -> Rendering:
    with tempfile.TemporaryDirectory() as folder:
        chart = _write(Path(folder) / "chart", files)
        command = [str(shutil.which("helm")), "template", release.name, str(chart), "--namespace", release.namespace]
        command += ["--kube-version", release.version]
        for number, data in enumerate(values):
            (Path(folder) / f"values-{number}.yaml").write_bytes(data)
            command += ["-f", f"{folder}/values-{number}.yaml"]
        out, problem = _run(command, "", folder)
        return Rendering({}, problem) if problem else Rendering(_split(out))


def _with_package(files: Mapping[str, bytes], values: tuple[bytes, ...], release: Release) -> Rendering:
    with tempfile.TemporaryDirectory() as folder:
        chart = _write(Path(folder) / "chart", files)
        texts = [data.decode("utf-8", "replace") for data in values]
        question = json.dumps([str(chart), texts, release.name, release.namespace, release.version])
        out, problem = _run([sys.executable, "-I", "-c", _SDK], question, folder)
        if problem:
            return Rendering({}, problem)
        found = json.loads(out)
        return Rendering({str(name): str(text) for name, text in found.items()})


def _write(chart: Path, files: Mapping[str, bytes]) -> Path:
    """The chart as a folder of regular files, none of them outside it."""
    for path, data in files.items():
        if ".." not in PurePosixPath(path).parts:
            target = chart / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    return chart


def _split(text: str) -> dict[str, str]:
    """What `helm template` prints, by source."""
    found: dict[str, list[str]] = {}
    for piece in re.split(r"^---\s*$", text, flags=re.M):
        source = _SOURCE.search(piece)
        if source:
            found.setdefault(source[1], []).append(piece)
    return {name: "---".join(pieces) for name, pieces in found.items()}


def _run(command: list[str], question: str, home: str) -> tuple[str, str]:
    """(output, problem) of a program that sees nothing but `home` of the user's settings, and no network."""
    environment = {
        "HOME": home,
        "GIT_ALLOW_PROTOCOL": "none",
        "PATH": "/usr/bin:/bin",
        "HTTP_PROXY": _NOWHERE,
        "HTTPS_PROXY": _NOWHERE,
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
    }
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; what is scanned reaches it only as files and standard input
            [*_isolated(), *command],
            input=question.encode(),
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            cwd=home,
            preexec_fn=_bound,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", f"it took more than {SECONDS} seconds"
    except OSError as error:
        return "", str(error.strerror)
    if done.returncode:
        return "", _complaint(done.stderr.decode("utf-8", "replace"), done.returncode).replace(f"{home}/", "")[:500]
    return done.stdout.decode("utf-8", "replace"), ""


def _complaint(text: str, code: int) -> str:
    """The line of a program's errors that says what is wrong."""
    lines = text.strip().splitlines() or [f"exit code {code}"]
    said = [line for line in lines if line.lower().startswith("error: ")] or [line for line in lines if re.search(r"\w", line)] or lines
    return said[0 if said[0].lower().startswith("error: ") else -1].removeprefix("Error: ").removeprefix("error: ").strip()


_NOWHERE = "http://127.0.0.1:9"


@cache
def _isolated() -> tuple[str, ...]:
    """The words before a command that take the network from it, where the system lets us."""
    unshare = shutil.which("unshare")
    if not unshare:
        return ()
    words = (unshare, "--map-root-user", "--net")
    try:
        works = subprocess.run([*words, "true"], capture_output=True, timeout=5, check=False).returncode == 0  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return words if works else ()


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.setpriority(os.PRIO_PROCESS, 0, 5)


def kustomization_builder(root: str) -> Callable[[str], Rendering] | None:
    """What builds the kustomizations of a tree: `kubectl kustomize`; None when there is no kubectl."""
    kubectl = shutil.which("kubectl")
    return partial(_build, kubectl, os.path.realpath(root)) if kubectl else None


def _build(kubectl: str, root: str, folder: str) -> Rendering:
    """`built` is what comes out, `prefix` what the paths of its origins begin with."""
    with tempfile.TemporaryDirectory() as home:
        real = os.path.realpath(home)
        target = os.path.relpath(os.path.realpath(os.path.join(root, folder)), real)
        question = {"resources": [target], "buildMetadata": ["originAnnotations", "transformerAnnotations"]}
        (Path(real) / "kustomization.yaml").write_text(json.dumps(question), "utf-8")
        out, problem = _run([kubectl, "kustomize", real], "", real)
        return Rendering({}, problem) if problem else Rendering({"built": out, "prefix": os.path.relpath(root, real)})
