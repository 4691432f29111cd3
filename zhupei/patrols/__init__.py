"""Every class is looked at, every exam watched 逢培必巡、逢考必督: the coverage ledger."""
