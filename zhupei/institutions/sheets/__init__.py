"""The spreadsheets a ledger can be filled from: columns, what each row must keep, what it says.

Nothing is stored here; taking the good rows in is ``actions.imports``.
"""
