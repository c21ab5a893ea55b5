"""Environments of locked, hashed packages, made on first use. Standard library only."""
