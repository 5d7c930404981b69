"""What can go wrong, drawn once.

ServiceError                     code, message (= first docstring line unless given), hint (what to do next)
├── InputProblem                 the sender's document; becomes an outcome or a finding; never retried
│   ├── Unreadable · Encrypted · TooLarge · TooDeep · Empty · Unsupported · TooSlow · ReaderStopped
│   └── Unrecognised · Ambiguous
├── Unavailable                  something outside is down; retried with bounded back-off, then left in place
│   └── MailboxUnavailable (MailboxRefused) · SendingUnavailable · FolderUnavailable · StoreBusy · ConverterUnavailable
├── Refused                      an action that is not allowed from this state
└── Misconfigured                the operator must act; we do not start; exit code 78
"""

from __future__ import annotations

import inspect


class ServiceError(Exception):
    """Something went wrong."""

    code = "E-SERVICE"
    hint = ""

    def __init__(self, message: str = "", *, hint: str = "") -> None:
        first_line = (inspect.getdoc(type(self)) or "").partition("\n")[0]
        self.message = message or first_line
        self.hint = hint or self.hint
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputProblem(ServiceError):
    """The document cannot be used."""

    code = "E-INPUT"


class Unreadable(InputProblem):
    """The file is damaged and cannot be opened."""

    code = "E-UNREADABLE"
    hint = "Ask the agency to send it again as a Word document."


class Empty(InputProblem):
    """The file is empty."""

    code = "E-EMPTY"
    hint = "Ask the agency to send it again."


class Encrypted(InputProblem):
    """The file is protected with a password."""

    code = "E-ENCRYPTED"
    hint = "Ask the agency for a copy without a password."


class TooLarge(InputProblem):
    """The file is larger than this service accepts."""

    code = "E-TOO-LARGE"
    hint = "Open it by hand, or raise the limit in the settings."


class TooDeep(InputProblem):
    """The file holds other files nested too deeply."""

    code = "E-TOO-DEEP"
    hint = "Ask the agency to send the form itself, not an archive of archives."


class Unsupported(InputProblem):
    """This kind of file cannot be read."""

    code = "E-UNSUPPORTED"
    hint = "Ask the agency to send the completed form as a Word document."


class TooSlow(InputProblem):
    """Reading the file took longer than this service allows."""

    code = "E-TOO-SLOW"
    hint = "Look at the original, and ask the agency to send it again as a Word document."


class ReaderStopped(InputProblem):
    """The reader stopped on this file, which is probably damaged."""

    code = "E-READER"
    hint = "Look at the original, and ask the agency to send it again as a Word document."


class Unrecognised(InputProblem):
    """No practice review form was recognised in the file."""

    code = "E-UNRECOGNISED"
    hint = "Look at the original and file it by hand if it is a return."


class Ambiguous(InputProblem):
    """The file could be more than one thing, and nothing decides which."""

    code = "E-AMBIGUOUS"
    hint = "Look at the original and decide."


class Unavailable(ServiceError):
    """Something outside this program does not answer."""

    code = "E-UNAVAILABLE"
    hint = "It is tried again by itself."


class MailboxUnavailable(Unavailable):
    """The mailbox does not answer."""

    code = "E-MAILBOX"


class MailboxRefused(MailboxUnavailable):
    """The mail server refused the login or could not prove who it is."""

    code = "E-MAILBOX-REFUSED"
    hint = "Run `intake mailbox check`: it shows which step fails and what to do."


class SendingUnavailable(Unavailable):
    """The mail server does not take letters now."""

    code = "E-SENDING"


class FolderUnavailable(Unavailable):
    """The shared folder cannot be reached."""

    code = "E-FOLDER"


class StoreBusy(Unavailable):
    """The database is busy."""

    code = "E-STORE"


class ConverterUnavailable(Unavailable):
    """A program that is needed to open this kind of file is not installed."""

    code = "E-CONVERTER"
    hint = "Run `intake doctor` to see what to install."


class Refused(ServiceError):
    """This cannot be done now."""

    code = "E-REFUSED"


class Misconfigured(ServiceError):
    """The settings are not right, so the service does not start."""

    code = "E-SETTINGS"
    exit_status = 78
