"""How firmly versions are named: actions, includes, images; what is downloaded and run; what is known of actions."""

from __future__ import annotations

import pytest

from auditor.views.github.action_tables import advisory, resembles, rows, version_of
from auditor.views.github.caching import restored_caches
from auditor.views.pipeline.downloads import adhoc_packages, fetched
from auditor.views.pipeline.images import by_tag, image_uses, moving
from auditor.views.pipeline.pinning import Pin, foreign_actions, loose_code, pin_of
from auditor.views.pipeline.runners import host_rights, own_machine
from auditor.views.pipeline.safety import unchecked
from tests.test_pipeline_injection import made

MAIN = ".github/workflows/main.yml"


@pytest.mark.parametrize(
    ("version", "pin"),
    [
        ("de0fac2e4500dabe0009e67214ff5f5447ce83dd", Pin.HASH),
        ("v4", Pin.TAG),
        ("4.1.2", Pin.TAG),
        ("v1.2.3-rc.1", Pin.TAG),
        ("refs/tags/x", Pin.TAG),
        ("main", Pin.MOVING),
        ("release/v1", Pin.MOVING),
        ("", Pin.MOVING),
        ("de0fac2", Pin.MOVING),
    ],
)
def test_pins(version: str, pin: Pin) -> None:
    assert pin_of(version) is pin


def test_foreign_actions_are_steps_and_called_workflows() -> None:
    text = "on: push\njobs:\n  a: {uses: o/r/.github/workflows/x.yml@main}\n  b: {runs-on: x, steps: [{uses: ./l}, {uses: docker://x}, {uses: o/s@v1}]}\n"
    assert [(it.reference.slug, it.pin) for it in foreign_actions(*made(MAIN, text))] == [
        ("o/r/.github/workflows/x.yml", Pin.MOVING),
        ("o/s", Pin.TAG),
    ]


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        (".gitlab-ci.yml", "include: [{project: a/b, file: /x.yml}]\nt: {script: [x]}\n", 1),
        (".gitlab-ci.yml", "include: [{project: a/b, file: /x.yml, ref: v1.2.3}]\nt: {script: [x]}\n", 0),
        (".gitlab-ci.yml", "include: {remote: 'https://x.example/a.yml'}\nt: {script: [x]}\n", 1),
        (".gitlab-ci.yml", "include: [{component: x.example/a/b@~latest}, {component: x.example/a/b@1.2.3}]\nt: {script: [x]}\n", 1),
        (".circleci/config.yml", "version: 2.1\norbs: {a: a/b@volatile, c: c/d@1.2.3, e: e/f@1}\njobs: {}\nworkflows: {}\n", 2),
        ("azure-pipelines.yml", "resources: {repositories: [{repository: t, name: a/b, ref: refs/heads/main}]}\nsteps: [{script: x}]\n", 1),
        ("azure-pipelines.yml", "resources: {repositories: [{repository: t, name: a/b, ref: refs/tags/1}]}\nsteps: [{script: x}]\n", 0),
        ("bitbucket-pipelines.yml", "pipelines: {default: [{step: {script: [{pipe: a/b}, {pipe: 'a/c:1.2.3'}]}}]}\n", 1),
    ],
)
def test_loose_code(path: str, text: str, count: int) -> None:
    assert len(loose_code(*made(path, text))) == count


def test_images_are_read_through_matrix_and_variables() -> None:
    text = """\
on: push
jobs:
  a:
    runs-on: x
    container: ${{ matrix.image }}
    services: {db: {image: "registry.example:5000/db"}, one: {image: "x@sha256:0000000000000000000000000000000000000000000000000000000000000000"}}
    strategy: {matrix: {image: [node, "node:22", ""], include: [{image: "python:latest"}, {other: x}]}}
    steps: [{uses: "docker://alpine:3"}]
"""
    found = {it.text: (moving(it), by_tag(it)) for it in image_uses(*made(MAIN, text))}
    assert found.pop("x@sha256:" + "0" * 64) == (False, False)
    assert {name for name, (loose, _) in found.items() if loose} == {"node", "python:latest", "registry.example:5000/db"}
    assert {name for name, (_, tagged) in found.items() if tagged} == {"node:22", "alpine:3"}


def test_images_with_variables_that_nobody_sets_are_not_judged() -> None:
    text = "variables: {V: '22'}\na: {image: 'node:$V', script: [x]}\nb: {image: '$CI_REGISTRY_IMAGE/x', script: [x]}\n"
    assert [it.text for it in image_uses(*made(".gitlab-ci.yml", text))] == ["node:22"]


@pytest.mark.parametrize(
    ("command", "count"),
    [
        ("curl -s https://x.example/i.sh | bash", 1),
        ("curl -s https://x.example/i.sh | sudo bash -s -- -y", 1),
        ("wget -qO- https://x.example/i.py | python3 -", 1),
        ("bash <(curl -s https://x.example/i.sh)", 1),
        ('sh -c "$(curl -fsSL https://x.example/i.sh)"', 1),
        ("curl -o i.sh https://x.example/i.sh && bash i.sh", 1),
        ("curl -o i.sh https://x.example/i.sh && sha256sum -c sums && bash i.sh", 0),
        ("curl -s https://x.example/de0fac2e4500dabe0009e67214ff5f5447ce83dd/i.sh | bash", 0),
        ("curl -s https://x.example/j | jq .", 0),
        ("curl -s https://x.example/j | python -m json.tool", 0),
        ("curl -s https://x.example/j | python -c 'import sys'", 0),
        ("cat i.sh | bash", 0),
        ("curl -s http://localhost:80/i.sh | bash", 0),
    ],
)
def test_downloads(command: str, count: int) -> None:
    assert len(list(fetched(*made(".gitlab-ci.yml", f"t:\n  script:\n    - |\n      {command}\n")))) == count


@pytest.mark.parametrize(
    ("command", "package"),
    [
        ("npm i lodash", "lodash"),
        ("npm install --no-fund oxlint@1", "oxlint@1"),
        ("gem install rake -v 13.0.6", "rake"),
        ("yarn add x", "x"),
        ("npm ci", ""),
        ("npm install", ""),
        ("npm install ./local", ""),
        ("gem install --help", ""),
        ("bundle install", ""),
    ],
)
def test_adhoc_packages(command: str, package: str) -> None:
    found = [it.address for it in adhoc_packages(*made(".gitlab-ci.yml", f"t: {{script: ['{command}']}}\n"))]
    assert found == ([package] if package else [])


@pytest.mark.parametrize(
    ("slug", "version", "name"),
    [
        ("tj-actions/changed-files", "v45", "GHSA-mrrh-fwg8-r2c3"),
        ("tj-actions/changed-files", "v46.0.0", "GHSA-mrrh-fwg8-r2c3"),
        ("tj-actions/changed-files", "v46.0.1", ""),
        ("tj-actions/changed-files", "v46", ""),
        ("actions/download-artifact", "v3", ""),
        ("actions/download-artifact", "v4", ""),
        ("actions/download-artifact", "v4.1.2", "GHSA-cxww-7g56-2vh6"),
        ("o/r", "v1", ""),
    ],
)
def test_advisories(slug: str, version: str, name: str) -> None:
    numbers = version_of(version)
    assert numbers is not None
    assert advisory(slug, numbers)[0] == name


@pytest.mark.parametrize(
    ("slug", "meant"),
    [
        ("action/checkout", "actions/checkout"),
        ("cations/checkout", "actions/checkout"),
        ("acti0ns/checkout", "actions/checkout"),
        ("dokcer/login-action", "docker/login-action"),
        ("actions/checkout", ""),
        ("actions/chckout", ""),
        ("acme/checkout", ""),
    ],
)
def test_names_like_others(slug: str, meant: str) -> None:
    assert resembles(slug) == meant


@pytest.mark.parametrize(
    "table", ["archived_actions", "vulnerable_actions", "replaceable_actions", "moving_tools", "caching_actions", "code_inputs"]
)
def test_tables_are_of_actions(table: str) -> None:
    assert rows(table)
    assert all(name.count("/") >= 1 and name == name.lower() for name in rows(table))


@pytest.mark.parametrize(
    ("on", "step", "restores"),
    [
        ("release", "uses: actions/cache@v4", True),
        ("push", "uses: actions/cache@v4", False),
        ("{push: {tags: [v1]}}", "{uses: actions/setup-go@v5}", True),
        ("release", "{uses: actions/setup-go@v5, with: {cache: false}}", False),
        ("release", "{uses: actions/setup-python@v5}", False),
        ("release", "{uses: actions/setup-python@v5, with: {cache: pip}}", True),
        ("release", "{uses: actions/cache@v4, with: {lookup-only: true}}", False),
        ("release", "{uses: astral-sh/setup-uv@v5}", True),
        ("release", "{uses: astral-sh/setup-uv@v10.1.0}", False),
        ("release", "{uses: docker/setup-buildx-action@v3, with: {cache-binary: true}}", False),
        ("release", "{uses: docker/setup-buildx-action@v3, with: {cache-binary: true, version: v1}}", True),
        ("{push: {tags: [v1]}}", "{uses: actions/setup-go@v5, with: {cache: \"${{ github.ref_type != 'tag' }}\"}}", False),
        ("{push: {tags: [v1]}}", "{uses: actions/setup-go@v5, with: {cache: '${{ vars.X }}'}}", False),
    ],
)
def test_caches(on: str, step: str, restores: bool) -> None:
    text = f"on: {on}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - {step}\n"
    assert bool(list(restored_caches(*made(MAIN, text)))) is restores


@pytest.mark.parametrize(
    ("runner", "said"),
    [
        ("self-hosted", "self-hosted"),
        ("[self-hosted, x]", "self-hosted"),
        ("{group: big}", "the group big"),
        ("ubuntu-24.04", ""),
        ("${{ inputs.x }}", ""),
        ("${{ matrix.on }}", "self-hosted"),
    ],
)
def test_own_machines(runner: str, said: str) -> None:
    from auditor.views.pipeline import jobs

    text = f"on: push\njobs:\n  a:\n    runs-on: {runner}\n    strategy: {{matrix: {{on: [self-hosted, ubuntu-24.04]}}}}\n    steps: [{{run: x}}]\n"
    assert [own_machine(job) for job in jobs(*made(MAIN, text))] == [said]
    without = text.replace("on: [self-hosted, ubuntu-24.04]", "on: [self-hosted, ubuntu-24.04], exclude: [{on: self-hosted}]")
    assert [own_machine(job) for job in jobs(*made(MAIN, without))] == ["" if "matrix" in runner else said]


def test_rights_of_the_host() -> None:
    text = """\
on: push
jobs:
  a:
    runs-on: x
    container: {image: x, options: --cpus 1 --privileged, volumes: [/var/run/docker.sock:/x, data:/data]}
    services: {db: {image: x, options: --health-cmd x}}
    steps: [{run: x}]
"""
    assert [it.where.data for it in host_rights(*made(MAIN, text))] == ["--privileged", "/var/run/docker.sock:/x"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("curl -sk https://x.example", "curl -k"),
        ("curl -k https://localhost/x", ""),
        ("kubectl apply -f x --insecure-skip-tls-verify=true", "kubectl --insecure-skip-tls-verify"),
        ("kubectl apply -f x --insecure-skip-tls-verify=false", ""),
        ("ssh -o StrictHostKeyChecking=no x", "StrictHostKeyChecking=no"),
        ("ssh -o StrictHostKeyChecking=accept-new x", ""),
        ("git config --global http.sslVerify false", "http.sslVerify false"),
        ("npm config set strict-ssl false", "strict-ssl false"),
        ("curl -o k https://x.example", ""),
    ],
)
def test_checks_switched_off(command: str, said: str) -> None:
    found = [it.text for it in unchecked(*made(".gitlab-ci.yml", f"t: {{script: ['{command}']}}\n"))]
    assert found == ([said] if said else [])


def test_checks_switched_off_by_a_variable() -> None:
    text = "variables: {NODE_TLS_REJECT_UNAUTHORIZED: '0', GIT_SSL_NO_VERIFY: 'false'}\nt: {script: [x]}\n"
    assert [it.text for it in unchecked(*made(".gitlab-ci.yml", text))] == ["NODE_TLS_REJECT_UNAUTHORIZED"]


def test_jobs_beside_stages_are_judged_although_azure_refuses_them() -> None:
    text = "stages: [{stage: s, jobs: [{job: a, container: one, steps: []}]}]\njobs: [{job: b, container: two, steps: []}]\n"
    assert {it.text for it in image_uses(*made("azure-pipelines.yml", text))} == {"one", "two"}
