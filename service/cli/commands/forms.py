"""intake forms: which forms there are, what they ask, their blanks; learning a template of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from forms.registry import all_forms
from forms.registry import form as form_of
from records.errors import Refused
from records.fields import walk_asks
from records.limits import DEFAULT_LIMITS
from service.cli import learning, speaking
from service.cli.invocation import invocation
from service.learning import files_of, learn_template, write_wordings

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def _known(name: str) -> str:
    if name not in all_forms():
        raise typer.BadParameter(f"There is no form “{name}”. The forms are: {', '.join(all_forms())}.")
    return name


FormName = Annotated[str, typer.Argument(help="A form's name, as `intake forms list` shows it.", callback=_known)]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    forms = typer.Typer(no_args_is_help=True, help="The forms: list, see, take a blank, learn your own.")
    forms.command("list")(list_forms)
    forms.command("schema")(schema)
    forms.command("blank")(blank)
    forms.command("learn")(learn)
    app.add_typer(forms, name="forms")


def list_forms(json: Json = False) -> None:
    """Every form this service knows."""
    forms = all_forms().values()
    rows = [
        {
            "form": one.id,
            "title": one.title,
            "fields": len(walk_asks(one.record)),
            "needed": sum(ask.needed for _, ask in walk_asks(one.record)),
            "blank": one.blank.exists(),
        }
        for one in forms
    ]
    if json:
        speaking.as_json(rows)
        return
    speaking.table(
        "Forms",
        ("Form", "Title", "Fields", "Needed", "Blank"),
        [
            (str(r["form"]), str(r["title"]), str(r["fields"]), str(r["needed"]), "yes" if r["blank"] else "–")
            for r in rows
        ],
    )


def schema(form: FormName, json: Json = False) -> None:
    """What a form asks: each field with its kind of answer (with --json as a JSON Schema)."""
    record = form_of(form).record
    if json:
        speaking.as_json(record.model_json_schema())
        return
    rows = [(path, ask.title, str(ask.kind), "needed" if ask.needed else "") for path, ask in walk_asks(record)]
    speaking.table(form_of(form).title, ("Field", "Question", "Answer", ""), rows)


def blank(
    form: FormName,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write it (default: here).")] = None,
) -> None:
    """Writes the blank Word form."""
    found = form_of(form)
    if not found.blank.exists():
        raise Refused(f"The form “{form}” has no blank of its own.", hint="Use the partnership's own template.")
    target = out or Path(f"{form}.docx")
    target = target / f"{form}.docx" if target.is_dir() else target
    if target.exists():
        raise Refused(f"{target} is there already.", hint="Name another file with --out.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.", hint="Create it first.")
    shutil.copyfile(found.blank, target)
    speaking.result(str(target))


def _known_or_none(name: str) -> str:
    return _known(name) if name else name


def learn(
    context: typer.Context,
    blank: Annotated[Path, typer.Argument(help="Your own template, not filled in.", metavar="BLANK")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Where to write it (default: your wordings).")] = None,
    form: Annotated[
        str, typer.Option(help="Which form it is, where the template does not tell.", callback=_known_or_none)
    ] = "",
    json: Json = False,
) -> None:
    """Learns your own template: which label asks for which field, what else it prints. Writes it to a file."""
    settings = invocation(context).settings_if_any()
    template = learn_template(blank, form=form, limits=settings.limits if settings else DEFAULT_LIMITS)
    folder = settings.folders.wordings if settings else Path("wordings")
    files = files_of(template, out or folder / f"{blank.stem}.toml")
    write_wordings(template, files)
    if json:
        speaking.as_json(learning.as_json(files))
        return
    for one in files.values():
        learning.show(one)
    learning.next_steps(files)
