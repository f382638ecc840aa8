r"""The role of a cluster's controller lacks actions of its published list.

## Why it matters
Cluster Autoscaler, the AWS Load Balancer Controller, ExternalDNS and the EBS and EFS drivers each publish the policy that they need. With
a part of it the controller starts and looks healthy, and fails at the one call that matters: no node is added, no load balancer appears,
a volume stays attached to a dead node.

## Five whys
1. Why does the Ingress have no address? The controller retries `CreateLoadBalancer` and is refused.
2. Why? Its role lacks the actions in the message.
3. Why? The policy was copied from an older release of the controller, or cut by hand.

## Fix now
Take the policy of the release that runs (Helm chart's `appVersion`) from the project's repository, put it into the role and `kubectl -n
kube-system rollout restart deployment NAME`.

## Workaround
Attach AWS's managed policy where there is one: `AmazonEBSCSIDriverPolicy`, `AmazonEFSCSIDriverPolicy`, `AmazonEKS_CNI_Policy`.

## Prevent
Upgrade the policy and the chart in one commit; the module `terraform-aws-modules/iam` has both lists.

## Validate
`kubectl -n kube-system logs deployment/NAME --since=10m | grep -c AccessDenied` prints 0.

## Bad
```hcl
resource "aws_iam_role" "dns" {
  name = "dns"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "pods.eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "dns" {
  role = aws_iam_role.dns.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["route53:ListHostedZones", "route53:ListResourceRecordSets"], Resource = "*" },
    ]
  })
}

resource "aws_eks_pod_identity_association" "dns" {
  cluster_name    = "main"
  namespace       = "kube-system"
  service_account = "external-dns"
  role_arn        = aws_iam_role.dns.arn # finding
}
```

```hcl
resource "aws_iam_role" "autoscaler" {
  name = "autoscaler"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC" }
      Condition = {
        StringEquals = {
          "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:kube-system:cluster-autoscaler" # finding
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "autoscaler" {
  role = aws_iam_role.autoscaler.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["autoscaling:Describe*", "ec2:Describe*"], Resource = "*" }]
  })
}
```

## Good
```hcl
resource "aws_iam_role" "dns" {
  name = "dns"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "pods.eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "dns" {
  role = aws_iam_role.dns.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "route53:ChangeResourceRecordSets", Resource = "arn:aws:route53:::hostedzone/*" },
      { Effect = "Allow", Action = ["route53:ListHostedZones", "route53:ListResourceRecordSets"], Resource = "*" },
    ]
  })
}

resource "aws_eks_pod_identity_association" "dns" {
  cluster_name    = "main"
  namespace       = "kube-system"
  service_account = "external-dns"
  role_arn        = aws_iam_role.dns.arn
}
```

```hcl
resource "aws_iam_role" "ebs" {
  name = "ebs"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "pods.eks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "amazonebscsidriverpolicy" {
  role       = aws_iam_role.ebs.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
}

resource "aws_eks_pod_identity_association" "ebs" {
  cluster_name    = "main"
  namespace       = "kube-system"
  service_account = "ebs-csi-controller-sa"
  role_arn        = aws_iam_role.ebs.arn
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.needs.clusters import addon_needs
from auditor.views.needs.lack import unmet


@rule(
    target="aws_iam_role aws_eks_pod_identity_association aws_eks_addon",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
)
def check(_body: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    yield from unmet(addon_needs(resource, graph), resource, graph)
