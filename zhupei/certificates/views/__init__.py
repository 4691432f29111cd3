"""Pages of certificates: ``bench`` for those who work here and for holders, ``verify`` for all."""
