"""Blueprints 细目表 and the parallel forms 平行卷 assembled from them."""
