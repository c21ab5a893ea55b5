"""Adapters: one folder for each service that MiniStack lacks or only simulates.

Each `adapt()` replaces functions of the pinned MiniStack; the package's docstring names them.
"""
