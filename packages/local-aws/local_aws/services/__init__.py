"""Adapters: what MiniStack lacks or only pretends, one folder a service.

Each `adapt()` replaces named functions of the pinned MiniStack, and says which.
"""
