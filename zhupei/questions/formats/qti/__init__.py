"""QTI 2.1 and 3.0: single items and content packages; 3.0 is also written."""
