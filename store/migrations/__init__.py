"""The history of the database: one file a change, never edited once released."""
