"""The pages of patrols: map and ledger, planning, the form on the phone, records."""
