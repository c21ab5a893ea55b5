"""Limits of what a foreign text may cost: a pattern, a template, a state machine that somebody else wrote."""
