"""The demo region: a made-up half year of training, walked through the real verbs.

Nobody here exists. Every deed is done by the person who may do it, through the same action a page
calls, at a moved clock (``clock``); the record marks each of them as simulated. What happens is
written as stories (``classes``, ``sittings``) that ``stage`` plays in order of time.
"""
