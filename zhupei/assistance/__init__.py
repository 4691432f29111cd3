"""Help given to counties 帮扶: person-times trained, practice bases built."""
