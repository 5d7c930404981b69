"""The mailbox against a real Dovecot: nothing lost, nothing twice, nothing changed that is not ours to change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from mail_servers import TOKEN, USER, Dovecot, Line, running_dovecot, running_dovecot_with_tokens
from posts import Post, message

from intake.mail_account import Credentials, from_command
from intake.mailbox import Balance
from records.errors import MailboxRefused, MailboxUnavailable
from records.limits import Limits

MakePost = Callable[[Dovecot], Post]


def even(post: Post, count: int) -> None:
    """Server and ledger hold the same, each once."""
    assert post.source().balance() == Balance(
        on_server=count, in_ledger=count, waiting=0, only_on_server=0, only_in_ledger=0, copies=0
    )


def test_what_waits_is_taken_oldest_first_and_moved_when_settled(post: Post) -> None:
    """Bytes are those on the server; received leaves a message where it is, done moves it to Processed."""
    messages = [message(number) for number in range(5)]
    post.put(*messages)
    source = post.source()
    assert [arrival.data for arrival in source.scan()] == messages
    assert len(post.take_in(source)) == 5
    assert post.contents("INBOX") == messages
    post.finish(source)
    assert (post.contents("INBOX"), post.contents("Processed")) == ([], messages)
    even(post, 5)


def test_attention_is_a_folder_of_its_own_and_settling_later_moves_on(post: Post) -> None:
    """What needs a person lies in Attention until it is settled, then in Processed."""
    post.put(message(1))
    source = post.source()
    post.take_in(source)
    post.finish(source, "attention")
    assert post.contents("Attention") == [message(1)]
    with post.store.reading() as tx:
        identity = tx.submissions.all()[0].identity
    post.source().settle(identity, "done")
    assert (post.contents("Attention"), post.contents("Processed")) == ([], [message(1)])
    even(post, 1)


def test_read_only_changes_nothing_and_takes_nothing_twice(post: Post) -> None:
    """Without `move` flags and folders stay as they were, also for a worker that starts anew."""
    post.put(message(1), message(2))
    source = post.source(move=False)
    assert len(post.take_in(source)) == 2
    post.finish(source)
    assert list(post.source(move=False).scan()) == []
    assert post.contents("INBOX") == [message(1), message(2)]
    assert post.server.flags("INBOX", post.user) == [(), ()]
    with post.server.client(post.user) as client:
        assert [name for _, _, name in client.list_folders()] == ["INBOX"]


def test_a_message_that_somebody_has_read_is_taken_all_the_same(post: Post) -> None:
    """The Seen flag plays no part, and is kept."""
    post.put(message(1), message(2))
    with post.server.client(post.user) as client:
        client.select_folder("INBOX")
        client.fetch(client.search(), ["BODY[]"])
    source = post.source()
    assert len(post.take_in(source)) == 2
    post.finish(source)
    assert post.server.flags("Processed", post.user) == [(b"\\Seen",), (b"\\Seen",)]


@pytest.mark.parametrize("settled", [False, True])
def test_a_new_uidvalidity_neither_loses_nor_doubles(post: Post, settled: bool) -> None:
    """A rebuilt index gives every message another place; the ledger knows them by their bytes."""
    post.put(message(1), message(2))
    source = post.source()
    first = post.take_in(source)
    if settled:
        post.finish(source)
    source.close()
    post.server.forget_uids(post.user)
    post.put(message(3))
    again = post.source()
    assert len(post.take_in(again)) == 1
    post.finish(again)
    assert len(first) == 2
    assert post.contents("INBOX") == []
    assert sorted(post.contents("Processed")) == [message(1), message(2), message(3)]
    even(post, 3)


def test_a_mailbox_that_was_restored_from_a_copy_doubles_nothing(post: Post) -> None:
    """Everything back in INBOX after a restore: known by its bytes, put away again, no new submission."""
    messages = [message(number) for number in range(4)]
    post.put(*messages)
    source = post.source()
    post.take_in(source)
    post.finish(source)
    source.close()
    with post.server.client(post.user) as client:
        client.delete_folder("Processed")
    post.put(*reversed(messages))
    again = post.source()
    assert post.take_in(again) == []
    assert post.contents("INBOX") == []
    even(post, 4)


def test_a_uid_that_was_given_to_another_message_is_that_other_message(post: Post) -> None:
    """A server that gives a UID away again under the same UIDVALIDITY does not hide the new message."""
    post.put(message(1))
    source = post.source(move=False)
    post.take_in(source)
    source.close()
    maildir = post.server.maildir(post.user)
    (file,) = [*maildir.glob("cur/*"), *maildir.glob("new/*")]
    file.write_bytes(message(2, text="Another message under the old number.").replace(b"\r\n", b"\n"))
    for cached in maildir.glob("dovecot.index*"):
        cached.unlink()
    uidlist = maildir / "dovecot-uidlist"
    lines = uidlist.read_text(encoding="ascii").splitlines()
    uidlist.write_text(
        "\n".join([lines[0], *(f"{line.split()[0]} :{line.rpartition(':')[2]}" for line in lines[1:])]) + "\n"
    )
    plain = file.with_name(file.name.partition(",S=")[0])
    file.rename(plain)
    uidlist.write_text(f"{lines[0]}\n1 :{plain.name.partition(':')[0]}\n", encoding="ascii")
    new = [arrival.data for arrival in post.source(move=False).scan()]
    assert [b"under the old number" in data for data in new] == [True]


def test_repeated_and_missing_message_ids_lose_nothing(post: Post) -> None:
    """Different messages are different submissions, whatever their Message-IDs say; the same bytes twice are one."""
    different = [message(1, message_id="<same@agency.example>", text=f"Text {number}") for number in range(3)]
    different += [message(2, message_id="", text=f"No id {number}") for number in range(3)]
    post.put(*different, different[0], different[5])
    source = post.source()
    assert len(post.take_in(source)) == 6
    post.finish(source)
    assert post.contents("INBOX") == []
    assert post.source().balance() == Balance(
        on_server=8, in_ledger=6, waiting=0, only_on_server=0, only_in_ledger=0, copies=2
    )


def test_a_message_deleted_by_another_program_while_we_fetch_is_named(post: Post) -> None:
    """It cannot be had any more; the ones behind it are taken, and it is said."""
    post.put(message(1), message(2), message(3))
    source = post.source()
    scan = source.scan()
    first = next(scan)
    with post.server.client(post.user) as client:
        client.select_folder("INBOX")
        client.add_flags([2], [b"\\Deleted"])
        client.expunge()
    rest = list(scan)
    assert [arrival.data for arrival in (first, *rest)] == [message(1), message(3)]
    assert [refusal.where for refusal in source.refusals()] == ["reviews/INBOX, message 2"]


def test_a_message_moved_by_hand_is_found_again(post: Post) -> None:
    """What a person moved among our folders is followed; what left them is counted as gone, and kept in the ledger."""
    post.put(message(1), message(2), message(3))
    source = post.source()
    post.take_in(source)
    post.finish(source)
    with post.server.client(post.user) as client:
        client.create_folder("Elsewhere")
        client.select_folder("Processed")
        client.move([1], "Attention")
        client.move([2], "Elsewhere")
    assert post.source().balance() == Balance(
        on_server=2, in_ledger=3, waiting=0, only_on_server=0, only_in_ledger=1, copies=0
    )
    with post.store.reading() as tx:
        identity = next(one.identity for one in tx.submissions.all() if tx.originals.get(one.sha256) == message(1))
    post.source().settle(identity, "done")
    assert message(1) in post.contents("Processed")


def test_a_message_put_into_processed_unread_shows_in_the_balance(post: Post) -> None:
    """Somebody who files by hand before we looked is noticed; what waits in the inbox is no alarm."""
    post.put(message(1))
    source = post.source()
    post.take_in(source)
    post.finish(source)
    post.put(message(2), folder="Processed")
    post.put(message(3))
    balance = post.source().balance()
    assert (balance.waiting, balance.only_on_server, balance.only_in_ledger) == (1, 1, 0)


def test_a_crash_between_commit_and_move_is_made_good_by_the_next_scan(post: Post) -> None:
    """The final state was committed, the message still lies in INBOX: the next worker moves it and takes nothing."""
    post.put(message(1), message(2))
    post.take_in(post.source())
    with post.store.transaction() as tx:
        for submission in tx.submissions.all():
            tx.submissions.set_state(submission.id, "done")
    assert post.take_in(post.source()) == []
    assert (post.contents("INBOX"), post.contents("Processed")) == ([], [message(1), message(2)])
    even(post, 2)


def test_a_crash_between_move_and_note_is_made_good(post: Post) -> None:
    """The message was moved and nobody noted it: settling again finds it where it is."""
    post.put(message(1))
    source = post.source()
    post.take_in(source)
    with post.server.client(post.user) as client:
        client.create_folder("Processed")
        client.select_folder("INBOX")
        client.move([1], "Processed")
    post.finish(source)
    assert post.contents("Processed") == [message(1)]
    even(post, 1)


def test_without_move_and_idle_a_message_is_copied_and_only_itself_expunged(
    new_post: MakePost, plain_dovecot: Dovecot
) -> None:
    """Another program's deleted messages stay; folders are made below the server's own prefix."""
    post = new_post(plain_dovecot)
    post.put(message(1), message(2), message(3))
    source = post.source()
    post.take_in(source)
    with post.server.client(post.user) as client:
        client.select_folder("INBOX")
        client.add_flags([2], [b"\\Deleted"])
    with post.store.reading() as tx:
        taken = {tx.originals.get(one.sha256): one.identity for one in tx.submissions.all()}
    source.settle(taken[message(1)], "done")
    source.settle(taken[message(3)], "attention")
    assert post.contents("INBOX") == [message(2)]
    assert post.contents("INBOX.Processed") == [message(1)]
    assert post.contents("INBOX.Attention") == [message(3)]
    even(post, 3)
    waited: list[float] = []
    assert post.source(pause=waited.append).wait(3.0) is False
    assert waited == [3.0]


def test_without_move_a_crash_after_the_copy_makes_no_second_copy(new_post: MakePost, plain_dovecot: Dovecot) -> None:
    """The copy that was made before the crash is found, only the original is put away."""
    post = new_post(plain_dovecot)
    post.put(message(1, message_id=""))
    source = post.source()
    post.take_in(source)
    with post.server.client(post.user) as client:
        client.create_folder("INBOX.Processed")
        client.select_folder("INBOX")
        client.copy([1], "INBOX.Processed")
    post.finish(source)
    assert (post.contents("INBOX"), post.contents("INBOX.Processed")) == ([], [message(1, message_id="")])
    even(post, 1)


def test_a_server_that_cannot_expunge_one_message_never_expunges(new_post: MakePost, old_dovecot: Dovecot) -> None:
    """The original stays, flagged to be removed, is not copied again, and counts once."""
    post = new_post(old_dovecot)
    post.put(message(1), message(2))
    source = post.source()
    post.take_in(source)
    post.finish(source)
    assert post.take_in(post.source()) == []
    assert post.server.flags("INBOX", post.user) == [(b"\\Deleted",), (b"\\Deleted",)]
    assert post.contents("Processed") == [message(1), message(2)]
    even(post, 2)


def test_a_connection_cut_in_mid_fetch_loses_nothing(post: Post) -> None:
    """Cut within a large message: what was taken stays taken, the rest comes with the next scan."""
    large = message(2, text="A fictional line of a large message.\r\n" * 60_000)
    post.put(message(1), large, message(3))
    with Line(post.server.port) as line:
        source = post.source(port=line.port)
        scan = source.scan()
        taken = [next(scan).data]
        line.cut_after(300_000)
        with pytest.raises(MailboxUnavailable):
            next(scan)
        taken = [arrival.data for arrival in source.scan()]
        source.close()
    assert taken == [message(1), large, message(3)]
    assert post.server.flags("INBOX", post.user) == [(), (), ()]


def test_a_refused_login_is_not_repeated_quickly(post: Post) -> None:
    """Servers lock accounts for repeated wrong passwords: for minutes nothing is sent to the server at all."""
    times = iter([0.0, 0.0, 1.0, 299.0, 301.0, 301.0])
    source = post.source(credentials=Credentials(post.user, lambda: "wrong"))
    source._server._clock = lambda: next(times)
    with pytest.raises(MailboxRefused):
        list(source.scan())
    with Line(post.server.port) as line:
        source._server.account = replace(post.account, port=line.port)
        for _ in range(2):
            with pytest.raises(MailboxUnavailable):
                list(source.scan())
        assert line._open == []
        assert list(source.scan()) == []


def test_a_certificate_that_does_not_fit_is_refused(post: Post) -> None:
    """Of another host, or of an authority nobody named: no password is sent."""

    def never() -> str:
        raise AssertionError("the password was asked for")

    unsent = Credentials(post.user, never)
    with pytest.raises(MailboxRefused):
        list(post.source(certificates=None, credentials=unsent).scan())
    with running_dovecot(host="other.example") as other, pytest.raises(MailboxRefused) as caught:
        list(post.source(port=other.port, certificates=other.certificate, credentials=unsent).scan())
    assert "mismatch" in caught.value.message


def test_a_server_that_is_not_there_is_waited_for(post: Post) -> None:
    """Nothing listens: the source says so and is asked again later."""
    with Line(post.server.port) as line:
        port = line.port
    with pytest.raises(MailboxUnavailable):
        list(post.source(port=port).scan())


def test_starttls_is_as_good(post: Post) -> None:
    """The encryption that begins on the plain port, with the same check of the certificate."""
    post.put(message(1))
    plain = {"port": post.server.plain_port, "security": "starttls"}
    assert [arrival.data for arrival in post.source(**plain).scan()] == [message(1)]
    with pytest.raises(MailboxRefused):
        list(post.source(**plain, certificates=None).scan())


def test_idle_tells_that_mail_has_come_and_survives_a_cut(post: Post) -> None:
    """A hint within the wait; a cut connection is no more than a missing hint."""
    with Line(post.server.port) as line:
        source = post.source(port=line.port, pause=lambda _: None)
        assert list(source.scan()) == []
        sender = threading.Timer(0.3, lambda: post.put(message(1)))
        sender.start()
        assert source.wait(20) is True
        sender.join()
        assert len(post.take_in(source)) == 1
        cutter = threading.Timer(0.3, line.cut)
        cutter.start()
        source.wait(20)
        cutter.join()
        post.put(message(2))
        assert len(post.take_in(source)) == 1
        source.close()


def test_two_workers_never_overlap(post: Post) -> None:
    """While one has the lease the other takes nothing and settles nothing; afterwards it may."""
    post.put(message(1))
    one, two = post.source(holder="one"), post.source(holder="two")
    taken = list(one.scan())
    assert list(two.scan()) == []
    with pytest.raises(MailboxUnavailable):
        two.settle(taken[0].identity, "done")
    one.close()
    assert len(list(two.scan())) == 1


def test_several_folders_each_give_their_messages(post: Post) -> None:
    """Every watched folder is looked through; its name is a hint for matching."""
    with post.server.client(post.user) as client:
        client.create_folder("Harbour Health")
    post.put(message(1))
    post.put(message(2), folder="Harbour Health")
    source = post.source(folders=("INBOX", "Harbour Health"))
    assert [(arrival.data, arrival.folder_hint) for arrival in source.scan()] == [
        (message(1), ()),
        (message(2), ("Harbour Health",)),
    ]


def test_a_token_comes_from_a_program_and_a_bad_one_is_named() -> None:
    """One word on standard output is the token; anything else is refused without being shown."""
    assert from_command(("printf", "token"))() == "token"
    for command in (("false",), ("printf", "two words"), ("/nowhere/at/all",)):
        with pytest.raises(MailboxRefused) as caught:
            from_command(command)()
        assert "two" not in str(caught.value)


def test_an_access_token_lets_us_in_and_a_bad_one_is_refused(post: Post) -> None:
    """XOAUTH2 with the token that a program prints, on a server that asks the authority about it."""
    with running_dovecot_with_tokens() as server:
        server.put(message(1))
        place = {"port": server.port, "certificates": server.certificate}
        good = Credentials(USER, from_command(("printf", TOKEN)), kind="token")
        bad = Credentials(USER, from_command(("printf", "stale")), kind="token")
        source = post.source(**place, credentials=good)
        assert [arrival.data for arrival in source.scan()] == [message(1)]
        source.close()
        with pytest.raises(MailboxRefused):
            list(post.source(**place, credentials=bad).scan())


def test_a_large_folder_is_listed_in_portions(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """More messages than one question asks about: each is listed once, in order."""
    monkeypatch.setattr("intake.mail_connection._AT_ONCE", 3)
    messages = [message(number) for number in range(8)]
    post.put(*messages)
    assert [arrival.data for arrival in post.source().scan()] == messages


def test_a_message_over_the_limit_stays_and_is_named(post: Post) -> None:
    """Its size is known before it is fetched; the ones behind it are taken."""
    post.put(message(1, text="A fictional line.\r\n" * 1_000), message(2))
    source = post.source(limits=Limits(file_bytes=5_000))
    assert [arrival.data for arrival in source.scan()] == [message(2)]
    assert [refusal.where for refusal in source.refusals()] == ["reviews/INBOX, message 1"]
    assert len(post.contents("INBOX")) == 2


def test_two_mailboxes_in_one_store_keep_their_own_books(new_post: MakePost, dovecot: Dovecot) -> None:
    """The same bytes in two mailboxes are two arrivals; each mailbox moves and counts its own."""
    one, two = new_post(dovecot), new_post(dovecot)
    one.put(message(1))
    two.put(message(1))
    first = one.source()
    second = one.source(name="other", credentials=two.account.credentials)
    for source in (first, second):
        assert len(one.take_in(source)) == 1
    with one.store.reading() as tx:
        identities = [submission.identity for submission in tx.submissions.all()]
    for identity in identities:
        first.settle(identity, "done")
    assert (one.contents("Processed"), two.contents("INBOX")) == ([message(1)], [message(1)])
    for identity in identities:
        second.settle(identity, "attention")
    assert (one.contents("Processed"), two.contents("Attention")) == ([message(1)], [message(1)])
    assert first.balance().in_ledger == second.balance().in_ledger == 1


def test_what_was_settled_elsewhere_is_moved_by_the_worker_that_has_the_mailbox(post: Post) -> None:
    """A person's command cannot move it while the service has the mailbox: the next scan does."""
    post.put(message(1), message(2))
    service, command = post.source(holder="service"), post.source(holder="command")
    post.take_in(service)
    post.finish(service, "attention")
    with post.store.transaction() as tx:
        settled = tx.submissions.all()[0]
        tx.submissions.set_state(settled.id, "done")
    with pytest.raises(MailboxUnavailable):
        command.settle(settled.identity, "done")
    assert post.take_in(service) == []
    assert (post.contents("Attention"), post.contents("Processed")) == ([message(2)], [message(1)])
    even(post, 2)
