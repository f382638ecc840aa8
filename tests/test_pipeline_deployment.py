"""Which jobs deploy, and with what."""

from __future__ import annotations

import pytest

from auditor.views.pipeline.deployment import deployments, has_target, is_deploy, is_preview, is_production, seems_deploy
from auditor.views.pipeline.model import Job
from tests.test_pipeline_github import read


def job(body: str, key: str = "a") -> Job:
    (found,) = read({".github/workflows/w.yml": f"on: push\njobs:\n  {key}:\n    runs-on: x\n{body}"})
    return found.jobs[0]


def run(*lines: str) -> Job:
    text = "".join(f"          {line}\n" for line in lines)
    return job(f"    steps:\n      - run: |\n{text}")


@pytest.mark.parametrize(
    ("line", "tool"),
    [
        ("kubectl -n shop apply -f k8s/", "kubectl"),
        ("kubectl rollout undo deployment/web", "kubectl"),
        ("sudo helm upgrade --install web ./chart --wait", "helm"),
        ("terraform -chdir=infra apply -auto-approve", "terraform"),
        ("aws --region eu-west-1 ecs update-service --cluster a --service b", "aws"),
        ("ansible-playbook -i hosts site.yml", "ansible-playbook"),
        ("bash -c 'alembic upgrade head'", "alembic"),
        ("npx prisma migrate deploy", "prisma"),
        ("./scripts/deploy.sh production", "deploy.sh"),
        ("make -j2 deploy", "make"),
        ("bash ci/deploy-web.sh", "bash"),
    ],
)
def test_what_deploys(line: str, tool: str) -> None:
    assert [it.tool for it in deployments(run(line))] == [tool]


@pytest.mark.parametrize(
    "line",
    [
        "kubectl get pods",
        "kubectl apply --dry-run=server -f x",
        "kubectl rollout status deployment/web",
        "helm upgrade --dry-run web ./chart",
        "helm template ./chart",
        "terraform plan",
        "ansible-playbook --check site.yml",
        "echo kubectl apply",
        "aws s3 ls",
        "make deployment-docs-x=deploy",
        "./deployer-test.sh",
        "cat deploy.sh",
    ],
)
def test_what_does_not(line: str) -> None:
    assert not deployments(run(line))


def test_a_cluster_for_a_test_is_no_target() -> None:
    assert not is_deploy(run("kind create cluster", "kubectl apply -f x"))


def test_where_and_how() -> None:
    made = run("echo one", "helm upgrade web ./chart")
    (found,) = deployments(made)
    assert (found.where.span.line, found.where.span.column, found.stateful) == (8, 11, True)
    ecs = job("    steps: [{uses: aws-actions/amazon-ecs-deploy-task-definition@v2}]\n")
    assert [(it.tool, it.stateful) for it in deployments(ecs)] == [("ecs", False)]


def test_names() -> None:
    assert seems_deploy(job("    steps: []\n", "deploy-web"))
    assert not seems_deploy(job("    steps: []\n", "redeployer"))
    assert is_production(job("    environment: production\n"))
    assert has_target(job("    environment: {name: production}\n"))
    assert is_preview(job("    environment: preview-1\n"))
    assert not is_preview(job("    environment: production-test\n".replace("-test", "")))
