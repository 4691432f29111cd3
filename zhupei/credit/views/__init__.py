"""Pages of credit: records, files of institutions, grades, and what the public reads."""
