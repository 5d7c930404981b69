"""The database: the only code that knows SQL. Nouns of `records` go in and out, one transaction per step of work."""

from store.store import Store, Transaction, open_store

__all__ = ["Store", "Transaction", "open_store"]
