"""Leads to stand-ins 替训线索: rules as data, evidence, a queue where people judge."""
