"""intake mailbox: prove the way into each mailbox, show what would be taken, compare server and ledger."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Annotated

import typer

from intake.mail_account import MailAccount
from intake.mailbox_check import Step, preview
from mailbox_config.settings import Settings
from records.errors import Misconfigured
from service.cli import speaking
from service.cli.invocation import invocation
from service.cli.office import Office, open_office
from service.mailboxes import StoreBook, accounts_of, mailbox_sources, steps_of
from service.workers import this_worker

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="The mailboxes: check, preview, compare.", no_args_is_help=True)
    group.command("check")(check_mailboxes)
    group.command("preview")(preview_mailboxes)
    group.command("compare")(compare)
    app.add_typer(group, name="mailbox")


def check_mailboxes(context: typer.Context, json: Json = False) -> None:
    """Goes the way into each mailbox, and to the sending server, step by step; says which step fails and what to do."""
    settings = invocation(context).settings()
    found = [(name, step) for name, step in steps_of(settings)]
    if not found:
        raise Misconfigured(
            "No mailbox and no sending server is set.", hint="See [mailbox] and [sending] in the example settings."
        )
    if json:
        speaking.as_json([{"of": name, **_as_json(step)} for name, step in found])
    else:
        rows = [("✓" if step.right else "✗", name, step.name, step.found) for name, step in found]
        speaking.table("", ("", "Of", "Step", "Found"), rows)
        for name, step in found:
            if not step.right:
                speaking.result(f"{name}, {step.name}: {step.found}\n  → {step.remedy}")
    if not all(step.right for _, step in found):
        raise typer.Exit(1)


def preview_mailboxes(context: typer.Context, json: Json = False) -> None:
    """Shows which messages would be taken in. Touches nothing: nothing is moved, nothing is marked as read."""
    with open_office(invocation(context)) as office:
        for account in _accounts(office.settings):
            waiting = list(
                preview(account, lambda *place, of=account: _is_known(office, of, place), clock=time.monotonic)
            )
            if json:
                for one in waiting:
                    line = {"folder": one.folder, "uid": one.uid, "size": one.size, "from": one.sender}
                    speaking.as_json({"mailbox": account.name, **line, "subject": one.subject})
                continue
            rows = [
                (one.folder, f"{one.arrived:%d %b %Y %H:%M}", one.sender, one.subject, f"{one.size / 1000:.0f} kB")
                for one in waiting
            ]
            title = f"{account.name}: {len(waiting)} would be taken"
            speaking.table(title, ("Folder", "Arrived", "From", "Subject", "Size"), rows)


def compare(context: typer.Context, json: Json = False) -> None:
    """Counts messages on the server and in the ledger, by identity. A difference is an alarm: exit status 1."""
    differs = False
    with open_office(invocation(context)) as office:
        _accounts(office.settings)
        sources = mailbox_sources(office.settings, office.store, holder=this_worker("compare"))
        for account, source in zip(accounts_of(office.settings), sources, strict=True):
            with closing(source):
                balance = source.balance()
            differs = differs or bool(balance.only_on_server or balance.only_in_ledger)
            if json:
                speaking.as_json(
                    {
                        "mailbox": account.name,
                        "on_server": balance.on_server,
                        "in_ledger": balance.in_ledger,
                        "waiting": balance.waiting,
                        "only_on_server": balance.only_on_server,
                        "only_in_ledger": balance.only_in_ledger,
                        "copies": balance.copies,
                    }
                )
                continue
            speaking.result(
                f"{account.name}: {balance.on_server} messages on the server ({balance.copies} of them copies), "
                f"{balance.in_ledger} in the ledger; waiting {balance.waiting}, "
                f"only on the server {balance.only_on_server}, only in the ledger {balance.only_in_ledger}."
            )
            if balance.only_on_server:
                speaking.result("  → Moved to Processed or Attention by hand, unread: move them back to the inbox.")
            if balance.only_in_ledger:
                speaking.result("  → Removed from the server by somebody. Nothing is lost: the ledger keeps the bytes.")
    if differs:
        raise typer.Exit(1)


def _accounts(settings: Settings) -> tuple[MailAccount, ...]:
    accounts = accounts_of(settings)
    if not accounts:
        raise Misconfigured("No mailbox is set.", hint="See [mailbox] in the example settings.")
    return accounts


def _is_known(office: Office, account: MailAccount, place: tuple[str, int, int]) -> bool:
    folder, uidvalidity, uid = place
    book = StoreBook(office.store, account.name, holder="")
    return uid in book.at(folder, uidvalidity)


def _as_json(step: Step) -> dict[str, object]:
    return {"step": step.name, "right": step.right, "found": step.found, "remedy": step.remedy}
