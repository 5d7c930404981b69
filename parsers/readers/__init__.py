"""One file per kind of file; each gives the neutral document tree and knows no form."""
