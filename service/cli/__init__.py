"""The command line. One file per command in `commands/`; the folder is the registry."""

from service.cli.app import main

__all__ = ["main"]
