"""What released sittings tell: quality of items, and answers too alike to be chance."""
