"""What a number of a book has to be."""

from stdnum import isbn
from stdnum.exceptions import InvalidChecksum, ValidationError


def isbn_fault(text: str) -> str | None:
    """What is wrong with an ISBN as somebody typed it: "isbn_shape", "isbn_check" or nothing.

    Source: GB/T 5795-2006, 4 (the check digit; ten digits before 2007).
    """
    try:
        isbn.validate(text)
    except InvalidChecksum:
        return "isbn_check"
    except ValidationError:
        return "isbn_shape"
    return None


def isbn13(text: str) -> str:
    """Any good ISBN as 13 digits."""
    return str(isbn.to_isbn13(isbn.compact(text)))
