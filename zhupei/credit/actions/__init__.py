"""The verbs of credit: records, what is said against them, grades. One module a noun."""
