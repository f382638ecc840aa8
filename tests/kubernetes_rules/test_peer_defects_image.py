"""Images: what other tools get wrong, what we say, and what we must not say."""

from __future__ import annotations

import pytest

from tests.kubernetes_rules.ran import messages, resources

DIGEST = "a" * 64


def pod(image: str, more: str = "") -> str:
    return f'apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {{containers: [{{name: a, image: "{image}"{more}}}]}}\n'


@pytest.mark.parametrize(
    "image", ["registry:5000/app", "registry.shop.example:5000/team/app", "nginx", "nginx:latest", "localhost:5000/app"]
)
def test_the_port_of_a_registry_is_no_tag(image: str) -> None:
    assert resources("image/tag_not_fixed", pod(image)) == ["/Pod/p"]


@pytest.mark.parametrize(
    "image", ["registry:5000/app:1.0", f"nginx@sha256:{DIGEST}", f"nginx:latest@sha256:{DIGEST}", "nginx:latest-slim", "shop/latest:1"]
)
def test_what_is_fixed_is_no_finding(image: str) -> None:
    assert not resources("image/tag_not_fixed", pod(image))


@pytest.mark.parametrize(
    "image", ["nginx:", "Nginx:1", "nginx@sha256:abc", f"nginx@sha256:{DIGEST.upper()}", "nginx:1 ", "shop//web:1", "nginx:a:b"]
)
def test_references_that_no_runtime_accepts(image: str) -> None:
    assert resources("image/reference_invalid", pod(image)) == ["/Pod/p"]
    assert not resources("image/digest_missing", pod(image))


@pytest.mark.parametrize(
    "image", ["nginx:1", "[::1]:5000/app:1", f"nginx:1@sha256:{DIGEST}", "team/b-c_d/e__f:1.0_x", "Registry.Example/app:1"]
)
def test_references_that_runtimes_accept(image: str) -> None:
    assert not resources("image/reference_invalid", pod(image))


def test_the_policy_is_the_effective_one() -> None:
    assert not messages("image/pull_policy_not_always", pod("nginx"))
    assert messages("image/pull_policy_not_always", pod("nginx:1"))
    assert not messages("image/pull_policy_not_always", pod(f"nginx@sha256:{DIGEST}"))
    assert messages("image/mutable_tag_cached", pod("nginx", ", imagePullPolicy: IfNotPresent"))
    assert not messages("image/mutable_tag_cached", pod("nginx:1", ", imagePullPolicy: IfNotPresent"))


def test_templates_that_were_not_filled_in_are_unknown() -> None:
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: a\n      image: {{ .Values.image }}\n"
    assert not resources("image/reference_invalid", text)
