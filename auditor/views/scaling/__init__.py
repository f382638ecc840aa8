"""EC2 Auto Scaling and what follows its arithmetic: groups, policies, alarms, times, oscillation."""
