"""Numbers of papers: one after the other, none twice, none left out."""

from zhupei.core.models import Series


def take(series: str, *, digits: int) -> str:
    """The next number of a series: ``take("KB-2026", digits=4)`` is ``KB-2026-0147``.

    The caller holds the transaction; what rolls back gives its number back. Others who want one
    of the same series wait until it ends.
    """
    Series.objects.get_or_create(name=series)
    row = Series.objects.select_for_update().get(name=series)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{series}-{row.last:0{digits}d}"
