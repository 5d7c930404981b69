"""What arrives on which day: the e-mails and the files in the shared folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from generators.blanks import Prefill, write_answers
from samples import chronologies, layouts, locked, referral, summaries
from samples.cast import (
    CARE,
    COMMUNITY,
    HOSPITAL,
    POLICE,
    PROBATION,
    REFERENCE,
    SCHOOL,
    SURGERY,
    Cast,
    Staff,
)
from samples.letterbox import Mail, message

_EDITOR = Staff("Safeguarding Digest", "Newsletter", "digest@newsletter.example", "")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that arrives: its day, its place in the shared folder, its bytes."""

    day: str
    path: str
    data: bytes


ToPdf = Callable[[bytes], bytes | None]


def pieces(to_pdf: ToPdf) -> Iterator[Piece | None]:
    """Everything that arrives, in its order. None for what needs a converter that is not there."""
    yield _mail("referral", _referral())
    yield _mail("out-of-office", _out_of_office())
    yield _mail("newsletter", _newsletter())
    yield _mail("school-two-forms", _school())
    yield _mail("probation-nil-return", _nil_return())
    for corrected in (False, True):
        pdf = to_pdf(_own_form("agency_summary", summaries.hospital(corrected=corrected), HOSPITAL))
        yield None if pdf is None else _hospital(pdf, corrected=corrected)
    yield Piece("2026-03-05", "hospital-trust/MV-2026-001 chronology.xlsx", layouts.hospital_chronology())
    yield _mail("school-two-forms-again", _school(), again="2026-03-05")
    yield _mail("surgery-own-layout", _surgery(corrected=False))
    yield _mail("community-wrong-child", _wrong_child())
    yield Piece("2026-03-06", "IMG_0417.jpg", _photo())
    yield _mail("community-forwarded", _forwarded())
    yield _mail("social-care-locked", _locked())
    yield _mail("social-care-readable", _readable())
    yield _mail("community-right-child", _right_child())
    yield _mail("surgery-corrected", _surgery(corrected=True))


def _mail(name: str, mail: Mail, again: str = "") -> Piece:
    if again:
        trace = ("Received", f"from relay.example by mx.mvscp.example; {again}")
        mail = Mail(**{field: getattr(mail, field) for field in Mail.__slots__} | {"head": (*mail.head, trace)})
    return Piece(again or mail.at.date().isoformat(), f"mail/{name}.eml", message(mail).as_bytes())


def _referral() -> Mail:
    return Mail(
        sender=POLICE.author,
        at=datetime(2026, 3, 2, 9, 12),  # noqa: DTZ001 - the letterbox puts the zone in
        subject="Practice review referral",
        body="Please find our referral attached. Detective Chief Inspector Nonesuch has quality assured it.",
        files=(("practice-review-referral.docx", _own_form("referral", referral.record())),),
    )


def _out_of_office() -> Mail:
    return Mail(
        sender=SURGERY.author,
        at=datetime(2026, 3, 3, 7, 1),  # noqa: DTZ001
        subject=f"Automatic reply: {REFERENCE}",
        body="I am out of the office until Thursday 5 March. For urgent matters please ring the surgery.",
        head=(("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
    )


def _newsletter() -> Mail:
    return Mail(
        sender=_EDITOR,
        at=datetime(2026, 3, 3, 10, 30),  # noqa: DTZ001
        subject="Safeguarding Digest: March",
        body="In this issue: new guidance on chronologies, and dates for training.",
        head=(
            ("List-Id", "Safeguarding Digest <digest.newsletter.example>"),
            ("List-Unsubscribe", "<mailto:leave@newsletter.example>"),
            ("Precedence", "bulk"),
        ),
    )


def _school() -> Mail:
    return Mail(
        sender=SCHOOL.author,
        at=datetime(2026, 3, 4, 15, 40),  # noqa: DTZ001
        subject=f"{REFERENCE}: summary and chronology",
        body="Both forms are attached.",
        files=(
            (f"{REFERENCE} agency summary.docx", _own_form("agency_summary", summaries.school(), SCHOOL)),
            (f"{REFERENCE} chronology.docx", _own_form("chronology", chronologies.school(), SCHOOL)),
        ),
    )


def _nil_return() -> Mail:
    return Mail(
        sender=PROBATION.author,
        at=datetime(2026, 3, 4, 16, 5),  # noqa: DTZ001
        subject=f"{REFERENCE}: nil return",
        body="Nobody in this family is known to us. The form is attached.",
        files=((f"{REFERENCE} nil return.docx", _own_form("agency_summary", summaries.probation(), PROBATION)),),
    )


def _hospital(pdf: bytes, *, corrected: bool) -> Piece:
    name = "hospital-summary-corrected" if corrected else "hospital-summary"
    mail = Mail(
        sender=HOSPITAL.author,
        at=datetime(2026, 3, 10 if corrected else 5, 11, 20),  # noqa: DTZ001
        subject=f"{REFERENCE}: agency summary{', corrected' if corrected else ''}",
        body=(
            "We overlooked a visit and had the day of the other one wrong. Please use this version."
            if corrected
            else "Our summary is attached. The chronology is in the shared folder."
        ),
        files=((f"{REFERENCE} summary{' v2' if corrected else ''}.pdf", pdf),),
    )
    return _mail(name, mail)


def _surgery(*, corrected: bool) -> Mail:
    body = (
        "Both dates are put right, and Dr Mockford has signed. Sorry for the trouble."
        if corrected
        else "We have used our own layout, I hope that is all right."
    )
    return Mail(
        sender=SURGERY.author,
        at=datetime(2026, 3, 16 if corrected else 6, 12, 45),  # noqa: DTZ001
        subject=f"Re: {REFERENCE}{', corrected' if corrected else ''}",
        body=body,
        files=(
            ("Larkfield report.docx", layouts.surgery_summary(corrected=corrected)),
            ("Larkfield key events.docx", layouts.surgery_chronology(corrected=corrected)),
        ),
    )


def _wrong_child() -> Mail:
    return Mail(
        sender=COMMUNITY.author,
        at=datetime(2026, 3, 6, 16, 30),  # noqa: DTZ001
        subject=f"{REFERENCE}: agency summary",
        body="Our summary is attached. The chronology follows on Monday.",
        files=((f"{REFERENCE} summary.docx", _own_form("agency_summary", summaries.another_child(), COMMUNITY)),),
    )


def _right_child() -> Mail:
    return Mail(
        sender=COMMUNITY.author,
        at=datetime(2026, 3, 12, 10, 20),  # noqa: DTZ001
        subject=f"Re: {REFERENCE}: agency summary",
        body="The wrong file went out on Friday, our apologies. This is the summary that you asked for.",
        files=((f"{REFERENCE} summary.docx", _own_form("agency_summary", summaries.community(), COMMUNITY)),),
    )


def _forwarded() -> Mail:
    inner = Mail(
        sender=COMMUNITY.author,
        at=datetime(2026, 3, 6, 17, 10),  # noqa: DTZ001
        subject=f"{REFERENCE} chronology",
        body="Kim, please have a look and send it on.",
        files=((f"{REFERENCE} chronology.pdf", layouts.community_chronology()),),
    )
    return Mail(
        sender=COMMUNITY.checker,
        at=datetime(2026, 3, 9, 8, 55),  # noqa: DTZ001
        subject=f"Fwd: {REFERENCE} chronology",
        body="Checked and forwarded.",
        forwarded=message(inner),
    )


def _locked() -> Mail:
    word = _own_form("agency_summary", summaries.social_care())
    pdf = layouts.community_chronology()
    return Mail(
        sender=CARE.author,
        at=datetime(2026, 3, 9, 14, 2),  # noqa: DTZ001
        subject=f"{REFERENCE}: summary and chronology",
        body="Both documents are protected. I will telephone with the password.",
        files=(
            (f"{REFERENCE} summary.docx", locked.locked_docx(word)),
            (f"{REFERENCE} chronology.pdf", locked.locked_pdf(pdf)),
        ),
    )


def _readable() -> Mail:
    return Mail(
        sender=CARE.author,
        at=datetime(2026, 3, 11, 9, 30),  # noqa: DTZ001
        subject=f"Re: {REFERENCE}: summary and chronology",
        body="Here are both documents again, without a password.",
        files=(
            (f"{REFERENCE} summary.docx", _own_form("agency_summary", summaries.social_care(), CARE)),
            (f"{REFERENCE} chronology.docx", _own_form("chronology", chronologies.social_care(), CARE)),
        ),
    )


def _own_form(form: str, record: dict[str, Any], agency: Cast | None = None) -> bytes:
    facts = None
    if agency is not None:
        facts = Prefill(case_reference=REFERENCE, agency_id=agency.id, agency_name=agency.name)
    return write_answers(form, record, facts)


def _photo() -> bytes:
    """A photograph of a notice board, drawn: nothing of a form in it."""
    picture = Image.new("RGB", (640, 480), "#b58a5a")
    draw = ImageDraw.Draw(picture)
    for left, top, colour in ((60, 60, "#f7f3c8"), (250, 90, "#cfe5f2"), (430, 50, "#f4d3d3"), (150, 260, "#d8efd2")):
        draw.rectangle((left, top, left + 140, top + 150), fill=colour, outline="#806040", width=2)
        draw.ellipse((left + 62, top + 6, left + 76, top + 20), fill="#b03030")
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
