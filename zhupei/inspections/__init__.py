"""Random inspections 双随机、一公开: frozen frames, a public seed, draws anyone can recompute."""
