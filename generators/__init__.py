"""Records to documents: letters, blank forms, packs."""
