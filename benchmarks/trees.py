"""Trees of a wanted size, the same bytes every time: what the benchmarks scan."""

from __future__ import annotations

import hashlib
from pathlib import Path

SMALL = """
resource "aws_s3_bucket" "logs" {
  bucket = "shop-logs-${var.environment}"
  tags   = local.tags
}
resource "aws_security_group" "web" {
  name = "web"
  dynamic "ingress" {
    for_each = var.ports
    content {
      description = "port ${ingress.value}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = [var.cidr]
    }
  }
}
resource "aws_db_instance" "orders" {
  identifier              = "orders-${var.environment}"
  engine                  = "postgres"
  instance_class          = "db.t3.medium"
  allocated_storage       = 20
  storage_encrypted       = var.environment == "prod"
  backup_retention_period = 0
}
"""

VARIABLES = """
variable "environment" { default = "dev" }
variable "cidr" { default = "0.0.0.0/0" }
variable "ports" {
  type    = list(number)
  default = [22, 443]
}
locals {
  tags = { environment = var.environment, team = "shop" }
}
"""

SERVICE = """
variable "name" { type = string }
variable "create" {
  type    = bool
  default = true
}
variable "settings" {
  type = object({
    port    = number
    cidrs   = optional(list(string), ["10.0.0.0/8"])
    tags    = optional(map(string), {})
    retries = optional(number, 3)
  })
}
variable "vpc_id" {
  type    = string
  default = null
}
locals {
  enabled = var.create && var.settings.port > 0
  tags    = merge(var.settings.tags, { Name = var.name, Port = tostring(var.settings.port) })
  actions = concat(["s3:GetObject", "s3:PutObject"], var.settings.retries > 2 ? ["s3:DeleteObject"] : [])
}
data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Use"
    actions   = local.actions
    resources = ["arn:aws:s3:::${var.name}/*"]
  }
  dynamic "statement" {
    for_each = local.enabled ? [1] : []
    content {
      sid       = "List"
      actions   = ["s3:ListBucket"]
      resources = ["arn:aws:s3:::${var.name}"]
    }
  }
}
resource "aws_iam_policy" "this" {
  count  = local.enabled ? 1 : 0
  name   = "${var.name}-policy"
  policy = data.aws_iam_policy_document.this.json
}
resource "aws_security_group" "this" {
  count       = local.enabled ? 1 : 0
  name        = "${var.name}-sg"
  description = "service ${var.name}"
  vpc_id      = var.vpc_id
  tags        = local.tags
}
resource "aws_security_group_rule" "in" {
  for_each          = { for cidr in var.settings.cidrs : cidr => cidr if local.enabled }
  type              = "ingress"
  from_port         = var.settings.port
  to_port           = var.settings.port
  protocol          = "tcp"
  cidr_blocks       = [each.value]
  security_group_id = aws_security_group.this[0].id
  description       = "in ${each.key}"
}
output "security_group_id" { value = try(aws_security_group.this[0].id, null) }
output "tags" { value = local.tags }
"""


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def small(folder: Path) -> None:
    """One file of four kilobytes."""
    write(folder, {"main.tf": VARIABLES + SMALL * 1 + "# padding\n" * 260})


def _numbered(text: str, index: int) -> str:
    for name in ("logs", "web", "orders"):
        text = text.replace(f'"{name}"', f'"{name}{index}"')
    return text


def flat(folder: Path, kilobytes: int = 100) -> None:
    """A dozen roots of plain resources."""
    size, number = 0, 0
    while size < kilobytes * 1000:
        blocks = "".join(_numbered(SMALL, index) for index in range(8))
        write(folder / f"root{number:03d}", {"variables.tf": VARIABLES, "main.tf": blocks})
        size += len(VARIABLES) + len(blocks)
        number += 1


def deep(folder: Path, kilobytes: int = 520) -> None:
    """A library of modules, four deep, which many examples call: how public modules look."""
    wide = "".join(
        f"""
variable "unused_{i}" {{
  description = "Setting number {i} of the platform, with the long description that such settings have"
  type        = any
  default     = {{}}
}}
"""
        for i in range(60)
    )
    platform = wide + """
variable "services" { type = map(object({ port = number, cidrs = optional(list(string)) })) }
variable "name" { type = string }
module "service" {
  for_each = var.services
  source   = "../service"
  name     = "${var.name}-${each.key}"
  settings = { for k, v in each.value : k => v if v != null }
}
output "groups" { value = { for k, m in module.service : k => m.security_group_id } }
"""
    estate = wide + """
variable "name" { type = string }
variable "open" { default = false }
module "platform" {
  count    = 2
  source   = "../platform"
  name     = "${var.name}-${count.index}"
  services = {
    web   = { port = 443, cidrs = ["0.0.0.0/0"] }
    admin = { port = 22, cidrs = var.open ? ["0.0.0.0/0"] : null }
    api   = { port = 8443 }
  }
}
output "all" { value = module.platform[*].groups }
"""
    write(folder / "modules", {"service/main.tf": SERVICE, "platform/main.tf": platform, "estate/main.tf": estate})
    size, number = 2 * len(wide) + len(SERVICE), 0
    while size < kilobytes * 1000:
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        opened = str(number % 4 == 0).lower()
        text = wide + f'module "estate" {{\n  source = "../../modules/estate"\n  name   = "n{digest[:6]}"\n  open   = {opened}\n}}\n'
        write(folder / f"examples/example{number:03d}", {"main.tf": text})
        size += len(text)
        number += 1


MANIFESTS = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: app-{n}, namespace: shop, labels: {{app: app-{n}}}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: app-{n}}}}}
  template:
    metadata: {{labels: {{app: app-{n}}}}}
    spec:
      serviceAccountName: app-{n}
      containers:
        - name: app
          image: registry.example.com/shop/app-{n}:{tag}
          ports: [{{name: http, containerPort: 8080}}]
          env:
            - name: LEVEL
              valueFrom: {{configMapKeyRef: {{name: app-{n}, key: level}}}}
          resources: {resources}
          livenessProbe: {{httpGet: {{path: /, port: http}}}}
          readinessProbe: {{httpGet: {{path: /ready, port: http}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: app-{n}, namespace: shop}}
spec:
  selector: {{app: app-{n}}}
  ports: [{{port: 80, targetPort: http}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: app-{n}, namespace: shop}}
data: {{level: info}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {{name: app-{n}, namespace: shop}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{name: app-{n}, namespace: shop}}
spec:
  maxUnavailable: 1
  selector: {{matchLabels: {{app: app-{n}}}}}
"""


def manifests(folder: Path, count: int = 50) -> None:
    """Applications of five manifests each; a third of them has flaws."""
    for number in range(count // 5):
        sound = number % 3 != 0
        values = {
            "n": number,
            "replicas": 3 if sound else 1,
            "tag": "1.4.2" if sound else "latest",
            "resources": "{requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}" if sound else "{}",
        }
        write(folder / "shop", {f"app-{number}.yaml": MANIFESTS.format(**values)})


_WORKFLOW = """\
name: Service {n}
on:
  push:
    branches: [main, 'release/**']
    paths: ['services/s{n}/**', '.github/workflows/s{n}.yml']
  pull_request:
  workflow_dispatch:
    inputs:
      environment: {{type: choice, options: [staging, production], default: staging}}
permissions:
  contents: read
env:
  IMAGE: registry.example.com/shop/s{n}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    strategy:
      matrix:
        python: ['3.11', '3.12', '3.13']
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: {{persist-credentials: false}}
      - uses: actions/setup-python@0b93645e9fea7318ecaed2b359559ac225c90a2b # v5.3.0
        with:
          python-version: ${{{{ matrix.python }}}}
      - name: Install
        run: |
          python -m pip install --requirement services/s{n}/requirements.txt
          if [ -f services/s{n}/extra.txt ]; then pip install -r services/s{n}/extra.txt; fi
      - run: python -m pytest services/s{n} -n auto
  image:
    needs: test
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    outputs:
      tag: ${{{{ steps.meta.outputs.tag }}}}
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
      - id: meta
        run: echo "tag=${{GITHUB_SHA::12}}" >> "$GITHUB_OUTPUT"
      - run: |
          docker build -t "$IMAGE:$TAG" services/s{n}
          docker push "$IMAGE:$TAG"
        env:
          TAG: ${{{{ steps.meta.outputs.tag }}}}
  deploy:
    needs: image
    if: github.ref == 'refs/heads/main'
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    environment: production
    concurrency: {{group: deploy-s{n}, cancel-in-progress: false}}
    steps:
      - run: |
          kubectl set image deployment/s{n} s{n}="$IMAGE:$TAG"
          kubectl rollout status deployment/s{n} --timeout=5m
        env:
          TAG: ${{{{ needs.image.outputs.tag }}}}
"""


def workflows(folder: Path, count: int = 300) -> None:
    """A repository of that many workflows of 2 KB each."""
    write(folder, {f".github/workflows/s{n}.yml": _WORKFLOW.format(n=n) for n in range(count)})
