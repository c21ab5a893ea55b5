"""Environments of locked, hashed packages, installed on first use. Standard library only."""
