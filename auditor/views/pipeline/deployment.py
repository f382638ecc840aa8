"""What changes something that runs: deployments, by the commands and actions of a job, the environment that it names, or its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node
from auditor.views.pipeline.model import Job, Platform, Step, given
from auditor.views.pipeline.shell import commands
from auditor.views.shell.invocation import Invocation

_COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "kubectl": ("apply", "create", "replace", "patch", "set", "delete", "rollout undo", "rollout restart", "scale", "run"),
    "oc": ("apply", "replace", "patch", "set", "rollout latest", "start-build"),
    "helm": ("upgrade", "install", "uninstall", "rollback", "delete"),
    "helmfile": ("apply", "sync", "destroy"),
    "skaffold": ("run", "deploy"),
    "terraform": ("apply", "destroy", "import", "state rm", "state mv"),
    "tofu": ("apply", "destroy", "import", "state rm", "state mv"),
    "terragrunt": ("apply", "destroy", "run-all apply", "apply-all", "run --all apply"),
    "pulumi": ("up", "update", "destroy"),
    "cdk": ("deploy", "destroy"),
    "sam": ("deploy", "delete"),
    "serverless": ("deploy", "remove"),
    "sls": ("deploy", "remove"),
    "aws": (
        *("cloudformation deploy", "cloudformation create-stack", "cloudformation update-stack", "cloudformation execute-change-set"),
        *("cloudformation delete-stack", "ecs update-service", "ecs deploy", "ecs run-task"),
        *("lambda update-function-code", "lambda publish-version", "lambda update-alias"),
        *("deploy create-deployment", "elasticbeanstalk update-environment", "amplify start-deployment", "apprunner start-deployment"),
        "cloudfront create-invalidation",
    ),
    "gcloud": ("run deploy", "run services update", "app deploy", "functions deploy", "deploy"),
    "az": (
        *("webapp deploy", "webapp deployment", "webapp up", "containerapp update", "containerapp up", "functionapp deployment"),
        *("functionapp deploy", "deployment group create", "deployment sub create", "aks update", "webapp config container set"),
    ),
    "ansible-playbook": ("",),
    "argocd": ("app sync", "app set"),
    "flux": ("reconcile",),
    "nomad": ("job run", "run"),
    "fly": ("deploy",),
    "flyctl": ("deploy",),
    "firebase": ("deploy",),
    "wrangler": ("deploy", "publish"),
    "eb": ("deploy",),
    "cf": ("push",),
    "kamal": ("deploy", "redeploy"),
    "cap": ("production deploy", "deploy"),
    "docker": ("stack deploy", "service update", "service create"),
    "alembic": ("upgrade", "downgrade"),
    "flyway": ("migrate",),
    "liquibase": ("update",),
    "prisma": ("migrate deploy",),
    "rails": ("db:migrate",),
    "rake": ("db:migrate",),
    "knex": ("migrate:latest",),
    "goose": ("up",),
    "dbmate": ("up", "migrate"),
    "atlas": ("migrate apply",),
}
"""Tool -> the subcommands that change what runs."""
MIGRATIONS: Final = frozenset({"alembic", "flyway", "liquibase", "prisma", "rails", "rake", "knex", "goose", "dbmate", "atlas"})
_STATEFUL: Final = MIGRATIONS | {"terraform", "tofu", "terragrunt", "pulumi", "cdk", "sam", "serverless", "sls", "helm", "helmfile"}
"""Tools that hold a lock or leave things half done when they are killed."""
_USES: Final[dict[str, tuple[str, bool]]] = {
    "aws-actions/amazon-ecs-deploy-task-definition": ("ecs", False),
    "aws-actions/aws-cloudformation-github-deploy": ("cloudformation", True),
    "aws-actions/aws-lambda-deploy": ("lambda", False),
    "einaregilsson/beanstalk-deploy": ("beanstalk", False),
    "azure/k8s-deploy": ("kubectl", False),
    "azure/webapps-deploy": ("webapp", False),
    "azure/functions-action": ("functions", False),
    "azure/container-apps-deploy-action": ("containerapp", False),
    "azure/arm-deploy": ("arm", True),
    "azure/aks-deploy": ("kubectl", False),
    "google-github-actions/deploy-cloudrun": ("cloudrun", False),
    "google-github-actions/deploy-appengine": ("appengine", False),
    "google-github-actions/deploy-cloud-functions": ("functions", False),
    "google-github-actions/deploy-gke": ("kubectl", False),
    "cloudflare/wrangler-action": ("wrangler", False),
    "superfly/flyctl-actions": ("fly", False),
    "akhileshns/heroku-deploy": ("heroku", False),
    "amondnet/vercel-action": ("vercel", False),
    "firebaseextended/action-hosting-deploy": ("firebase", False),
    "actions/deploy-pages": ("pages", False),
    "peaceiris/actions-gh-pages": ("pages", False),
    "jamesives/github-pages-deploy-action": ("pages", False),
    "appleboy/ssh-action": ("ssh", False),
    "pulumi/actions": ("pulumi", True),
    "deliverybot/helm": ("helm", True),
    "bitovi/github-actions-deploy-docker-to-ec2": ("terraform", True),
    "kubernetesmanifest": ("kubectl", False),
    "kubernetes": ("kubectl", False),
    "helmdeploy": ("helm", True),
    "azurewebapp": ("webapp", False),
    "azurewebappcontainer": ("webapp", False),
    "azurefunctionapp": ("functions", False),
    "azurermwebappdeployment": ("webapp", False),
    "azureresourcemanagertemplatedeployment": ("arm", True),
    "ecsdeploytask": ("ecs", False),
    "cloudformationcreateorupdatestack": ("cloudformation", True),
    "atlassian/aws-ecs-deploy": ("ecs", False),
    "atlassian/aws-cloudformation-deploy": ("cloudformation", True),
    "atlassian/aws-lambda-deploy": ("lambda", False),
    "atlassian/aws-elasticbeanstalk-deploy": ("beanstalk", False),
    "atlassian/kubectl-run": ("kubectl", False),
    "atlassian/aws-eks-kubectl-run": ("kubectl", False),
    "atlassian/heroku-deploy": ("heroku", False),
    "atlassian/azure-web-apps-deploy": ("webapp", False),
    "atlassian/google-cloud-run-deploy": ("cloudrun", False),
    "circleci/aws-ecs/deploy-service-update": ("ecs", False),
    "circleci/aws-ecs/update-service": ("ecs", False),
    "circleci/kubernetes/create-or-update-resource": ("kubectl", False),
    "circleci/helm/upgrade-helm-chart": ("helm", True),
    "circleci/heroku/deploy-via-git": ("heroku", False),
}
"""Actions, tasks, pipes and orb commands that deploy -> (what they deploy with, whether that holds state). As of 2026-11."""
_REHEARSALS: Final = ("--dry-run", "--check", "--no-execute-changeset", "--noop", "--preview", "-dry-run")
_CLEANING: Final = re.compile(r"delete (?:po|pods?|jobs?|events?)\b")
"""What removes things that come back, or that have ended."""
_RUNNERS: Final = frozenset({"npx", "pnpm", "pnpx", "yarn", "bunx", "bun"})
_TEST_CLUSTERS: Final = frozenset({"kind", "minikube", "k3d", "k3s", "ctlptl", "microk8s"})
_TEST_CLUSTER_ACTIONS: Final = (
    "helm/kind-action",
    "medyagh/setup-minikube",
    "engineerd/setup-kind",
    "abelfubu/k3d-action",
    "nolar/setup-k3d-k3s",
)
_NAME: Final = re.compile(r"(?:^|[^a-z])(deploy(?:ment)?|release|rollout|promote|prod(?:uction)?|staging|live)(?:$|[^a-z])", re.I)
_BUILDERS: Final = frozenset({"make", "just", "task", "mage", "rake", "npm", "pnpm", "yarn", "gradle", "gradlew", "nx"})
_DEPLOYS: Final = re.compile(r"(?:^|[^a-z])(?:deploy|rollout|promote)(?:$|[^a-z])", re.I)
_PRODUCTION: Final = re.compile(r"(?:^|[^a-z])(prod|production|prd|live)(?:$|[^a-z])", re.I)
_REGISTRY: Final = re.compile(
    r"^(?:release|publish)$|pypi|npm|crates|rubygems|maven|nuget|docker-?hub|ghcr|github-pages|marketplace|codecov", re.I
)
"""Names of environments that packages are published to: each version is there once, and no older one comes after it."""
_PREVIEW: Final = re.compile(r"preview|review|pr-|ephemeral|\bdev\b|test", re.I)


@dataclass(frozen=True, slots=True, eq=False)
class Deployment:
    """One command or action that changes what runs. `tool` is the command's name, or what an action deploys with.

    `stateful`: it holds a lock, or leaves things half done when it is stopped.
    """

    step: Step
    where: Node
    tool: str
    stateful: bool
    invocation: Invocation | None = None


def deployments(job: Job) -> tuple[Deployment, ...]:
    """What a job deploys with; nothing when it deploys into a cluster that it made itself for a test."""
    if "_deployments" not in job.__dict__:
        found = tuple(found for step in job.steps for found in of_step(step))
        job.__dict__["_deployments"] = () if _on_test_cluster(job) else found
    made: tuple[Deployment, ...] = job.__dict__["_deployments"]
    return made


def of_step(step: Step) -> Iterator[Deployment]:
    """What a step deploys with."""
    if step.uses is not None and (known := _USES.get(step.uses.name.lower())):
        yield Deployment(step, step.uses.where, *known)
    made = commands(step)
    for call in made.invocations if made else ():
        if changes(call) and made:
            tool = _spoken(call)[0]
            yield Deployment(step, made.at(call.start, call.end), tool, tool in _STATEFUL, call)


def changes(call: Invocation) -> bool:
    """Whether a command changes what runs; a rehearsal does not."""
    tool, spoken = _spoken(call)
    if own_script(call):
        return not any(word.text in _REHEARSALS for word in call.words)
    wanted = _COMMANDS.get(tool, ()) if not _CLEANING.match(spoken) else ()
    if not any(not words or spoken == words or spoken.startswith(f"{words} ") for words in wanted):
        return False
    if any(it.name in _REHEARSALS and (it.value is None or it.value.text not in ("none", "false")) for it in call.options):
        return False
    return not any(word.text in ("--help", "-h") for word in call.words)


def own_script(call: Invocation) -> bool:
    """Whether it runs a script or target of the repository whose name says that it deploys: `./deploy.sh`, `make deploy`."""
    words = [word.text for word in call.words]
    if not words:
        return False
    if call.tool in _BUILDERS:
        return any(_DEPLOYS.search(word) for word in words[1:] if not word.startswith("-") and "=" not in word)
    path = words[1] if call.tool in ("bash", "sh", "python", "python3", "node", "source", ".") and len(words) > 1 else words[0]
    return ("/" in path or path.endswith((".sh", ".py", ".js", ".rb"))) and _DEPLOYS.search(path.rpartition("/")[2]) is not None


def _spoken(call: Invocation) -> tuple[str, str]:
    """(tool, its words without options), also of a tool that Node's package managers start."""
    words = [*call.subcommand, *(word.text for word in call.operands)]
    if call.tool in _RUNNERS:
        words = words[1:] if words[:1] and words[0] in ("exec", "dlx", "x", "run") else words
        return (words[0].partition("@")[0], " ".join(words[1:])) if words else (call.tool, "")
    return call.tool, " ".join(words)


def _on_test_cluster(job: Job) -> bool:
    if any(step.calls(*_TEST_CLUSTER_ACTIONS) or (step.uses and "create-cluster" in step.uses.name.lower()) for step in job.steps):
        return True
    made = [found for step in job.steps if (found := commands(step))]
    return any(call.tool in _TEST_CLUSTERS for found in made for call in found.invocations)


def is_deploy(job: Job) -> bool:
    """Whether the job deploys for certain: by what it runs, or by the environment that it names."""
    return bool(deployments(job)) or has_target(job)


def has_target(job: Job) -> bool:
    """Whether the job names an environment that it deploys to; one that is stopped is not deployed to."""
    if job.pipeline.platform is Platform.GITLAB and job.where.at("environment.action").data in ("stop", "prepare", "verify", "access"):
        return False
    if job.environment.unknown:
        return False
    return given(job.environment) and not (isinstance(job.environment.data, str) and _REGISTRY.search(job.environment.data))


def seems_deploy(job: Job) -> bool:
    """Whether the job deploys, for certain or by its name."""
    texts = (job.key, job.name.data, job.stage.data)
    return is_deploy(job) or any(isinstance(text, str) and _NAME.search(text) is not None for text in texts)


def is_production(job: Job) -> bool:
    """Whether what the job deploys to is called production."""
    texts = [text for text in (job.environment.data, job.key, job.name.data, job.stage.data) if isinstance(text, str)]
    return any(_PRODUCTION.search(text) for text in texts)


def is_preview(job: Job) -> bool:
    """Whether what the job deploys to is called a preview, a review app or a test."""
    texts = [text for text in (job.environment.data, job.key, job.name.data) if isinstance(text, str)]
    return any(_PREVIEW.search(text) for text in texts) and not is_production(job)
