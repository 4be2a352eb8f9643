"""What can go wrong with the store."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be used."""


class StoreUnreachable(StoreError):
    """The database does not answer, or not in time. It may come back by itself."""


class StoreMismatched(StoreError):
    """The tables belong to another version of this program: newer, or older with upgrades switched off."""
