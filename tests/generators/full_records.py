"""Records with an answer of its own kind in every field, to see that none is lost. Fictional and visibly so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from forms.layout import layout_of
from forms.registry import form
from records.fields import Kind, ask_of, block_of

NHS_NUMBERS = ("9990000018", "9990000026")


class _Maker:
    """Makes values in a fixed order, each with a token of its own."""

    def __init__(self, left_out: tuple[str, ...]) -> None:
        self.left_out = left_out
        self.count = 0

    def block(self, model: type[BaseModel], prefix: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name in model.model_fields:
            path = f"{prefix}{name}"
            inner = block_of(model, name)
            if inner is None:
                made[name] = self.answer(model, name, path)
            elif inner[1]:
                made[name] = [self.block(inner[0], f"{path}[].") for _ in range(2)]
            else:
                made[name] = self.block(inner[0], f"{path}.")
        return made

    def answer(self, model: type[BaseModel], name: str, path: str) -> Any:
        ask = ask_of(model, name)
        if ask is None or path in self.left_out or name.endswith("_as_written"):
            return [] if ask is not None and ask.kind is Kind.CHOICES else None
        self.count += 1
        day = date(2024, 1, 1) + timedelta(days=self.count)
        return {
            Kind.DATE: lambda: day.isoformat(),
            Kind.DATE_RANGE: lambda: f"{day.isoformat()}/{(day + timedelta(days=30)).isoformat()}",
            Kind.TIME: lambda: f"1{self.count % 10}:15",
            Kind.YES_NO: lambda: ("yes", "no", "not_known")[self.count % 3],
            Kind.SIGNED: lambda: "yes",
            Kind.CHOICE: lambda: ask.codes[self.count % len(ask.codes)],
            Kind.CHOICES: lambda: list(ask.codes[:2]),
            Kind.NHS_NUMBER: lambda: NHS_NUMBERS[self.count % 2],
            Kind.EMAIL: lambda: f"person{self.count}@agency.example",
            Kind.PHONE: lambda: f"0161 496 0{self.count:03d}",
            Kind.NUMBER: lambda: str(self.count),
            Kind.REFERENCE: lambda: f"MV-2026-{self.count:03d}",
            Kind.NAME: lambda: f"Sample Person{self.count}",
            Kind.LONG_TEXT: lambda: (
                f"First words on {self.count} & <more> “said” she.\nSecond line of {self.count}: Llŷn, dŵr."
            ),
            Kind.TEXT: lambda: f"Words {self.count} & so on",
        }[ask.kind]()


def full_record(form_id: str) -> dict[str, Any]:
    """A record of this form with every field answered that its own blank asks."""
    asked = form(form_id)
    return _Maker(layout_of(asked).not_asked).block(asked.record, "")
