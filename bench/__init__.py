"""One promise per module, measured against the limit of this machine in the same run."""
