# Nodes and the interfaces of an EKS cluster share the group that AWS makes for them.
# with: vpc private_routes open app
# ask: aws_eks_node_group.main -> aws_eks_cluster.main tcp 443 = reachable
# ask: aws_eks_cluster.main -> aws_eks_node_group.main tcp 10250 = reachable
# ask: aws_instance.app -> aws_eks_cluster.main tcp 443 = blocked: forward group-ingress
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111111111111:role/cluster"
  vpc_config {
    subnet_ids = [aws_subnet.private.id]
  }
}
resource "aws_eks_node_group" "main" {
  cluster_name  = aws_eks_cluster.main.name
  node_role_arn = "arn:aws:iam::111111111111:role/node"
  subnet_ids    = [aws_subnet.private.id]
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
