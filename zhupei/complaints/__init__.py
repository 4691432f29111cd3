"""Complaints 投诉举报: the public form, dispatch, clocks, replies, satisfaction."""
