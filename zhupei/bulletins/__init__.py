"""The monthly summary 月小结 and the quarterly bulletin 季通报, written from the facts."""
