"""The yearly evaluation 年度评估: indicators from facts, experts, publicity, grades."""
