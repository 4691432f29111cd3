"""What the bureaus themselves did 履职得分: review time, coverage, closure, answers."""
