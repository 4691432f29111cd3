"""Pages of oversight: suspensions, measures, matters handed over, the catalogue of legal bases."""
