"""Makes the Word templates of the letters anew: `python -m generators.letters.make_templates`.

The `letter.docx` files are the templates: staff edit them in Word. This script is where they came from; running it puts
the original wording back.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document

from forms.page_setup import drop_thumbnail
from forms.word_package import open_package, write_package
from generators.letters import short_bodies
from generators.letters.template_parts import (
    NO_NAMES,
    POINTS,
    RECEIVED,
    bullets,
    closing,
    extension,
    head,
    legal_basis,
    next_step,
    opening,
    paper,
    say,
    step,
    table,
)

HERE = Path(__file__).parent


def make_letter(write_body: Callable[[Any], None]) -> bytes:
    """The template of one letter: headed paper around its body."""
    document = Document()
    paper(document)
    opening(document)
    write_body(document)
    closing(document)
    properties = document.core_properties
    properties.title, properties.author, properties.language = "{{ subject }}", "{{ partnership.name }}", "en-GB"
    properties.last_modified_by = properties.comments = properties.keywords = ""
    drop_thumbnail(document)
    out = BytesIO()
    document.save(out)
    return write_package(open_package(out.getvalue()))


def write_templates() -> list[str]:
    """Write every letter's template into its folder; gives the kinds written."""
    for kind, write_body in _BODIES.items():
        (HERE / kind / "letter.docx").write_bytes(make_letter(write_body))
    return list(_BODIES)


def _acknowledgement(document: Any) -> None:
    say(document, "Thank you. This is to confirm what we received from {{ recipient.agency }}.")
    table(document, RECEIVED, "received", "What we received")
    say(document, "{%p if points %}")
    head(document, "What is missing")
    say(
        document,
        "The following is missing or needs to be put right. Please send it{% if due %} by ",
        "*{{ due }}",
        "{% endif %}.",
    )
    table(document, POINTS, "points", "What is missing")
    say(document, "{%p elif not not_filed %}")
    say(
        document,
        "Nothing else is awaited from you now. You do not need to do anything unless a letter of its own asks you to "
        "put points of your return right.",
    )
    say(document, "{%p endif %}")
    head(document, "What happens next")
    say(document, "{%p if not_filed %}")
    say(document, "{{ not_filed }}")
    say(document, "{%p else %}")
    say(
        document,
        "Your return is filed under our reference and goes to the Practice Review Sub Group together with the returns "
        "of the other agencies.{% if meeting %} The sub group meets on {{ meeting }}.{% endif %} We may write again if "
        "there are questions.",
    )
    say(document, "{%p endif %}")
    say(document, "This letter confirms receipt. It is not a decision on the criteria or on any review.")
    say(document, NO_NAMES)


def _query(document: Any) -> None:
    say(
        document,
        "Thank you for your return. We have gone through it, and ask you to look at the points below{% if due %} and "
        "to answer by ",
        "*{{ due }}",
        "{% endif %}.",
    )
    table(document, RECEIVED, "received", "The return this is about")
    head(document, "What needs your attention")
    table(document, POINTS, "points", "What needs your attention")
    head(document, "What to do")
    say(document, "{%p if enclosures %}")
    say(
        document,
        "Your own form is enclosed, with a note at each place that needs work; nothing else in it is changed. Please "
        "correct it there and send it back: the notes need not be taken out. If a point cannot be answered, say so and "
        "why: that is an answer too.",
    )
    say(document, "{%p else %}")
    say(
        document,
        "Please correct your own form and send the whole form again; there is no need to fill in a new one. If a point "
        "cannot be answered, say so and why: that is an answer too.",
    )
    say(document, "{%p endif %}")
    say(document, NO_NAMES)


def _request(document: Any) -> None:
    say(
        document,
        "The partnership is carrying out a {{ review }} under the reference above. We ask {{ recipient.agency }} to "
        "return the following by ",
        "*{{ due }}",
        ":",
    )
    bullets(document, "asked")
    say(document, "{%p if period %}")
    say(document, "Period under review: ", "*{{ period }}")
    say(document, "{%p endif %}")
    say(
        document,
        "The purpose is to learn, not to blame people or agencies.",
    )
    head(document, "What we ask you to do")
    for number, text in enumerate(_STEPS, start=1):
        step(document, number, text)
    say(document, "{%p if secure_method %}")
    say(document, "{{ secure_method }}")
    say(document, "{%p endif %}")
    say(document, "{%p if agencies %}")
    say(
        document,
        "We have asked: {{ agencies }}. If you know of another agency that was involved, please tell us.",
    )
    say(document, "{%p endif %}")
    say(document, "{%p if meeting %}")
    say(document, "The Practice Review Sub Group meets on {{ meeting }} to consider the returns.")
    say(document, "{%p endif %}")
    legal_basis(document)


_STEPS = (
    "*Secure your records now.| Paper and electronic records of the child and the family must be kept safe against "
    "loss or alteration.",
    "*Search your records.| If your agency had no involvement, tick No, sign the form and return it: that is a "
    "complete nil return.",
    "*Complete the enclosed forms.| They are filled in with what we know already. Please leave that as it is, and "
    "tell us if it is wrong.",
    "*Have them quality assured| and signed by your agency's Practice Review Sub Group representative before you send "
    "them.",
    "*Return them as Word documents| in reply to our e-mail, from a secure mailbox. Leave names out of the subject and "
    "of file names, and quote our reference instead.",
    "*Tell us at once| if you cannot return them by the date above, with your reason, so that we can agree a new date.",
)


def _reminder(document: Any) -> None:
    say(document, '{%p if when == "after" %}')
    say(
        document,
        "We asked {{ recipient.agency }} for the following for a {{ review }}. It was due by ",
        "*{{ due }}",
        ", and we have not received it. Please send it today, or tell us today when it will come.",
    )
    say(document, '{%p elif when == "due" %}')
    say(document, "The following is due today, ", "*{{ due }}", ".")
    say(document, "{%p else %}")
    say(document, "This is a friendly reminder that the following is due by ", "*{{ due }}", ".")
    say(document, "{%p endif %}")
    bullets(document, "asked")
    extension(document)
    say(
        document,
        "If your agency had no involvement, tick No, sign the form and return it: that is a complete nil return. If "
        "you need more time, ask us with your reason, so that we can agree a new date.",
    )
    next_step(document)
    say(
        document,
        "If you have sent your return in the meantime, please tell us when and from which address, so that we can look "
        "for it.",
    )
    say(document, NO_NAMES)


def _escalation(document: Any) -> None:
    say(
        document,
        "We write to you because the following, asked of {{ recipient.agency }} for a {{ review }}, was due by ",
        "*{{ due }}",
        " and has not been received.",
    )
    bullets(document, "asked")
    say(document, "{%p if requested %}")
    say(document, "We asked for it on {{ requested }}.")
    say(document, "{%p endif %}")
    extension(document)
    say(document, "{%p if reminders %}")
    say(document, "We reminded your agency on {{ reminders }}.")
    say(document, "{%p endif %}")
    head(document, "What we ask of you")
    say(
        document,
        "Please see to it that the return is sent, or tell us within one working day who will send it and when. The "
        "sub group cannot consider what your agency knew and did without it.",
    )
    next_step(document)
    legal_basis(document)
    say(
        document,
        "If the return has been sent in the meantime, please tell us when and from which address, so that we can look "
        "for it.",
    )


_BODIES: dict[str, Callable[[Any], None]] = {
    "acknowledgement": _acknowledgement,
    "query": _query,
    "request": _request,
    "reminder": _reminder,
    "escalation": _escalation,
    **short_bodies.BODIES,
}

if __name__ == "__main__":
    write_templates()
