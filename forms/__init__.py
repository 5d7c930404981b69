"""The forms. One folder a form: its record, its wordings, its blank. The folder is the registry."""
