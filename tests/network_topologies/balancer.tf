# An application load balancer: only its listeners' ports, only in its public subnet, and on to its target.
# with: vpc public_routes private_routes open app
# ask: internet -> aws_lb.web tcp 443 = reachable
# ask: internet -> aws_lb.web tcp 80 = blocked: forward no-listener @balancer
# ask: aws_lb.web -> aws_instance.app tcp 8080 = reachable
# ask: internet -> aws_lb.inside tcp 443 = blocked: forward no-public-address @internal
resource "aws_lb" "web" { # @balancer
  subnets         = [aws_subnet.public.id]
  security_groups = [aws_security_group.open.id]
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.app.id
}
resource "aws_lb" "inside" {
  internal        = true # @internal
  subnets         = [aws_subnet.public.id]
  security_groups = [aws_security_group.open.id]
}
resource "aws_lb_listener" "inside" {
  load_balancer_arn = aws_lb.inside.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
    }
  }
}
