"""The consolidated pack of a case."""
