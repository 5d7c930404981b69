"""The bodies of the shorter letters: late thanks, unreadable, wrong form, unfetchable secure mail, decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generators.letters.template_parts import NO_NAMES, POINTS, RECEIVED, bullets, head, say, table

_BLAMELESS = "The purpose of the review is to learn, not to blame people or agencies."


def _late_thanks(document: Any) -> None:
    say(
        document,
        "Thank you for your return. It was due by {{ due }} and has now arrived; no reminder goes out for it any more.",
    )
    table(document, RECEIVED, "received", "What we received")
    say(document, "{%p if asked %}")
    head(document, "What is still awaited")
    bullets(document, "asked")
    say(document, "Please send it today, or tell us today when it will come.")
    say(document, "{%p else %}")
    say(document, "Nothing else is awaited from {{ recipient.agency }} now.")
    say(document, "{%p endif %}")
    head(document, "What happens next")
    say(
        document,
        "Your return is filed under our reference and goes to the Practice Review Sub Group together with the returns "
        "of the other agencies.{% if meeting %} The sub group meets on {{ meeting }}.{% endif %} If another date "
        "cannot be met, please ask us for more time before it, with your reason.",
    )
    say(document, "This letter confirms receipt. It is not a decision on the criteria or on any review.")
    say(document, NO_NAMES)


def _unreadable(document: Any) -> None:
    say(
        document,
        "Something arrived from {{ recipient.agency }} that we cannot read. It is kept, but nothing of it counts as "
        "received until we have it in a form that can be read{% if due %}. Please send it again by ",
        "*{{ due }}",
        "{% endif %}.",
    )
    table(document, RECEIVED, "received", "What we received")
    head(document, "What to do")
    table(document, POINTS, "points", "What to do")
    say(
        document,
        "The form as a Word document without a password, in reply to our e-mail, is the surest way."
        "{% if secure_method %} {{ secure_method }}{% endif %}",
    )
    say(document, NO_NAMES)


def _wrong_form(document: Any) -> None:
    say(
        document,
        "Thank you for what you sent. It is not the form that we asked for, so the request is still open.",
    )
    table(document, RECEIVED, "received", "What we received")
    head(document, "What we asked for")
    bullets(document, "asked")
    say(document, "Please send it{% if due %} by ", "*{{ due }}", "{% endif %}.")
    say(document, "{%p if enclosures %}")
    say(
        document,
        "The right form is enclosed, filled in with what we know already. You can copy your answers into it; what you "
        "sent is kept and need not be sent again.",
    )
    say(document, "{%p endif %}")
    say(
        document,
        "If your agency had no involvement, tick No, sign the form and return it: that is a complete nil return.",
    )
    say(document, NO_NAMES)


def _secure_wrapper(document: Any) -> None:
    say(
        document,
        "We received a notice from {{ recipient.agency }} on {{ received[0].at }} that says where a form can be "
        "fetched, and not the form itself. Nothing counts as received until we have the form.",
    )
    head(document, "What to do")
    say(
        document,
        "Please send the form as an attachment in reply to our e-mail{% if due %} by ",
        "*{{ due }}",
        "{% endif %}. Links, and portals that ask for an account, cannot be opened here.",
    )
    say(document, "{%p if secure_method %}")
    say(document, "{{ secure_method }}")
    say(document, "{%p endif %}")
    say(document, "If your agency cannot send attachments, please call us so that we can agree another way.")
    say(document, NO_NAMES)


def _decision(document: Any) -> None:
    say(
        document,
        "Thank you for your referral, which has our reference {{ case_reference }}. It has been considered, and this "
        "is the decision:",
    )
    say(document, "*{{ decision }}")
    head(document, "Reasons")
    say(document, "{{ reasons }}")
    say(document, "{%p if next_step %}")
    head(document, "What happens next")
    say(document, "{{ next_step }}")
    say(document, "{%p endif %}")
    say(
        document,
        "If you think that something was overlooked, please write to us{% if due %} by ",
        "*{{ due }}",
        "{% endif %} and say what; the decision will then be looked at again.",
    )
    say(document, _BLAMELESS)
    say(document, NO_NAMES)


BODIES: Mapping[str, Callable[[Any], None]] = {
    "decision": _decision,
    "late_thanks": _late_thanks,
    "secure_wrapper": _secure_wrapper,
    "unreadable": _unreadable,
    "wrong_form": _wrong_form,
}
