"""What the Measures and the notice say about an institution, as functions of plain values.

``completeness`` judges whether its file is whole.
"""
