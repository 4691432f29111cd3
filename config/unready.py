"""What the set-up and the supervisor tell a person: Chinese first, one English line below.

These are said before Django exists, so they cannot come from a catalogue.
"""


class Unready(Exception):
    """The machine lacks something; the message is the sentence that says what to do."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
