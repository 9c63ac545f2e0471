"""Trials of the method against a known truth: scenarios, rivals, measures, verdicts and their report.

`bench/accuracy.py` is the command.
"""
