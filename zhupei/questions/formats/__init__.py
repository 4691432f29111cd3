"""Questions as others write them: readers and writers of files, without models and without deeds.

Every reader turns bytes or text into a ``draft.Reading`` and raises for no content whatsoever;
every item is right, or refused with its place, the reason and what to do.
"""
