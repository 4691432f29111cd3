"""The credit record 信用记录: seriousness, publication, repair, automatic end; yearly grades."""
