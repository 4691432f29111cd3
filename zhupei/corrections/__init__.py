"""What was found wrong and how it was put right: findings 问题, rectification orders 限期整改."""
