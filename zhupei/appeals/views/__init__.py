"""Pages of reviews, appeals and cases."""
