"""What is left for a person goes out by e-mail, through a real SMTP server on the loopback."""

from __future__ import annotations

import asyncio
import email
import email.policy
import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from assistant.mail import GRACE, Mailer, as_mail, mailing
from assistant.settings import MailServer, Settings, SettingsError
from assistant.workspace import Inbox, InboxMessage, MemberRef, Workspace, create_engine, migrate

TO = "help@example.org"
PASSWORD = "pa:ss wörd/1"


class Server:
    """An SMTP server that keeps what it is given.

    Args:
        refuse: what it answers to a command, by the command, instead of taking it.
        silent: whether it takes a connection and then says nothing.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.envelopes: list[str] = []
        self.logins: list[str] = []
        self.connections = 0
        self.refuse: dict[str, str] = {}
        self.silent = False
        self.encrypted: list[bool] = []
        self._tls, self._starttls = tls, starttls
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(10)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self._tls))
        self.port = self._server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self.silent:
            await reader.read()
            return
        writer.write(b"220 loopback\r\n")
        while line := (await reader.readline()).decode().rstrip():
            word = line.split()[0].upper()
            if word in self.refuse:
                writer.write(self.refuse[word].encode() + b"\r\n")
            elif word == "EHLO":
                writer.write(b"250-loopback\r\n250-AUTH PLAIN\r\n")
                writer.write(b"250-STARTTLS\r\n250 OK\r\n" if self._starttls else b"250 OK\r\n")
            elif word == "STARTTLS" and self._starttls:
                writer.write(b"220 go on\r\n")
                await writer.drain()
                await self._encrypt(reader, writer)
            elif word == "AUTH":
                self.logins.append(line.split()[2])
                writer.write(b"235 welcome\r\n")
            elif word == "DATA":
                writer.write(b"354 go on\r\n")
                self._keep(await reader.readuntil(b"\r\n.\r\n"), writer)
                writer.write(b"250 kept\r\n")
            elif word == "QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                self.envelopes += [line] if word in ("MAIL", "RCPT") else []
                writer.write(b"250 OK\r\n")
        writer.close()

    async def _encrypt(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What ``StreamWriter.start_tls`` of Python 3.11 does."""
        transport: Any = writer.transport
        protocol = transport.get_protocol()
        new = await self._loop.start_tls(transport, protocol, self._starttls, server_side=True)  # type: ignore[arg-type]
        reader._transport = writer._transport = protocol._transport = new  # type: ignore[attr-defined]

    def _keep(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        self.raw.append(data)
        self.encrypted.append(writer.get_extra_info("sslcontext") is not None)
        mail = email.message_from_bytes(data[:-3].replace(b"\r\n..", b"\r\n."), policy=email.policy.SMTP)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    engine = create_engine(f"sqlite:///{tmp_path / 'waymark.db'}")
    migrate(engine)
    yield Workspace(engine, clock)
    engine.dispose()


@pytest.fixture
def inbox(workspace: Workspace, clock: Clock) -> Inbox:
    return Inbox(workspace.engine, clock)


@pytest.fixture
def anna(workspace: Workspace) -> MemberRef:
    with workspace.unit() as unit:
        anna = unit.new_member("web", "anna", "Anna")
        unit.set_profile(anna.organisation_id, name="Čebelica d.o.o.", sectors=["food"], country="SI")
        unit.commit()
    return anna


Leave = Callable[..., str]


@pytest.fixture
def leave(workspace: Workspace, anna: MemberRef) -> Leave:
    def leave(text: str, *place: str) -> str:
        with workspace.unit() as unit:
            left = unit.leave_message(anna, "web", text, *place)
            unit.commit()
        return left.key

    return leave


def mailer(inbox: Inbox, clock: Clock, port: int, **given: Any) -> Mailer:
    made = given.pop("server", MailServer("127.0.0.1", port))
    return Mailer(inbox, made, TO, clock=clock, **given)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "assistant.mail"]


# --- sending ------------------------------------------------------------------------------


def test_a_message_goes_out_once(inbox: Inbox, clock: Clock, leave: Leave, server: Server) -> None:
    key = leave("Naša povezava je mrtva 🙂\n.\nPiši na ana@primer.si", "5", "5.training-plan")
    sending = mailer(inbox, clock, server.port)
    sending.look()
    assert server.connections == 0, "it waits a little, so that it can be taken back"
    clock.pass_by(minutes=1)
    sending.look()
    sending.look()
    (mail,) = server.mails
    assert [line.split(" size=")[0].lower() for line in server.envelopes] == [f"mail from:<{TO}>", f"rcpt to:<{TO}>"]
    assert (mail["To"], mail["From"], mail["Subject"]) == (TO, TO, "Waymark: message 1 from Čebelica d.o.o.")
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == (f"<{key}@example.org>", "auto-generated")
    body = mail.get_content().replace("\r\n", "\n")
    assert body.startswith("Naša povezava je mrtva 🙂\n.\nPiši na ana@primer.si\n")
    assert "Message 1, left on 2 March 2026, 09:00 UTC\nby: Anna, Čebelica d.o.o. (food, SI)\nat: step 5, Imp" in body
    assert inbox.messages()[0].mailed_at == clock()
    assert server.connections == 1


def test_what_is_taken_back_or_read_in_time_does_not_go_out(
    workspace: Workspace, anna: MemberRef, inbox: Inbox, clock: Clock, leave: Leave, server: Server
) -> None:
    key = leave("Taken back")
    leave("Read")
    with workspace.unit() as unit:
        unit.take_back(anna, key)
        unit.commit()
    inbox.mark_read([inbox.messages()[0].number])
    clock.pass_by(hours=1)
    mailer(inbox, clock, server.port).look()
    assert server.connections == 0


def test_several_go_out_in_order_over_one_connection(inbox: Inbox, clock: Clock, leave: Leave, server: Server) -> None:
    for number in range(3):
        leave(f"Message {number}")
    clock.pass_by(minutes=1)
    mailer(inbox, clock, server.port).look()
    assert [mail.get_content().splitlines()[0] for mail in server.mails] == ["Message 0", "Message 1", "Message 2"]
    assert server.connections == 1


def test_it_logs_in(inbox: Inbox, clock: Clock, leave: Leave, server: Server) -> None:
    import base64

    leave("Hello")
    clock.pass_by(minutes=1)
    given = MailServer("127.0.0.1", server.port, "bot@example.net", "secret")
    mailer(inbox, clock, server.port, server=given).look()
    assert base64.b64decode(server.logins[0]) == b"\0bot@example.net\0secret"
    assert server.mails[0]["From"] == "bot@example.net"


# --- failing ------------------------------------------------------------------------------


def test_a_dead_server_loses_nothing_and_is_told_of_once(
    inbox: Inbox, clock: Clock, leave: Leave, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    port = server.port
    server.close()
    leave("Hello")
    leave("There")
    clock.pass_by(minutes=1)
    sending = mailer(inbox, clock, port)
    for _ in range(4):
        sending.look()
        clock.pass_by(minutes=10)
    (told,) = warnings(caplog)
    assert told.startswith(f"message 1, 2 for a person could not be e-mailed through 127.0.0.1:{port} and is tried")
    assert "refused" in told.lower()
    assert [m.mailed_at for m in inbox.messages()] == [None, None]


def test_the_pauses_grow(inbox: Inbox, clock: Clock, leave: Leave, server: Server) -> None:
    server.refuse["EHLO"] = server.refuse["HELO"] = "421 not now"
    leave("Hello")
    clock.pass_by(minutes=1)
    sending, tried = mailer(inbox, clock, server.port), []
    for minute in range(200):
        before = server.connections
        sending.look()
        tried += [minute] if server.connections > before else []
        clock.pass_by(minutes=1)
    assert tried == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    server.refuse.clear()
    clock.pass_by(hours=1)
    sending.look()
    assert len(server.mails) == 1


def test_one_that_is_refused_does_not_hold_up_the_next(
    inbox: Inbox, clock: Clock, leave: Leave, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    leave("Hello")
    clock.pass_by(minutes=1)
    server.refuse["RCPT"] = "550 no such mailbox"
    sending = mailer(inbox, clock, server.port)
    sending.look()
    server.refuse.clear()
    leave("There")
    clock.pass_by(seconds=59)
    sending.look()
    assert server.mails == []
    clock.pass_by(seconds=1)
    sending.look()
    assert [mail.get_content().splitlines()[0] for mail in server.mails] == ["Hello", "There"]
    (told,) = warnings(caplog)
    assert "550" in told


def test_a_new_process_tries_again(inbox: Inbox, clock: Clock, leave: Leave, server: Server) -> None:
    leave("Hello")
    clock.pass_by(minutes=1)
    mailer(inbox, clock, 1).look()
    mailer(inbox, clock, server.port).look()
    assert len(server.mails) == 1


def test_what_went_out_is_not_sent_again_when_that_could_not_be_noted(
    inbox: Inbox, clock: Clock, leave: Leave, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave("Hello")
    clock.pass_by(minutes=1)
    sending = mailer(inbox, clock, server.port)
    with monkeypatch.context() as broken:
        broken.setattr(Inbox, "mark_mailed", lambda self, number: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sending.look()
    sending.look()
    assert len(server.mails) == 1
    assert inbox.messages()[0].mailed_at is not None


def test_the_password_is_nowhere_in_the_log(
    inbox: Inbox, clock: Clock, leave: Leave, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    leave("Hello")
    clock.pass_by(minutes=1)
    server.refuse["AUTH"] = "535 wrong: secret-of-ours"
    mailer(inbox, clock, 0, server=MailServer("127.0.0.1", server.port, "me", "secret-of-ours")).look()
    assert "535 wrong: ..." in warnings(caplog)[0]
    assert "secret-of-ours" not in caplog.text


# --- over a network -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file."""
    import ipaddress

    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*form) + made.public_bytes(serialization.Encoding.PEM))
    return path


class Remote(MailServer):
    """A server on the loopback that is spoken to as if it were elsewhere."""

    local = False  # type: ignore[assignment]


@pytest.fixture
def serving(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize("kind", ["smtps", "starttls"])
def test_it_is_encrypted(
    kind: str, certificate: Path, serving: ssl.SSLContext, inbox: Inbox, clock: Clock, leave: Leave
) -> None:
    server = Server(tls=serving) if kind == "smtps" else Server(starttls=serving)
    leave("Hello")
    clock.pass_by(minutes=1)
    given = Remote("127.0.0.1", server.port, "me", "secret", encrypted=kind == "smtps")
    trust = ssl.create_default_context(cafile=str(certificate))
    mailer(inbox, clock, 0, server=given, tls=trust).look()
    server.close()
    assert (len(server.mails), len(server.logins), server.encrypted) == (1, 1, [True])


def test_a_server_that_nobody_vouches_for_is_not_trusted(
    serving: ssl.SSLContext, inbox: Inbox, clock: Clock, leave: Leave, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(tls=serving)
    leave("Hello")
    clock.pass_by(minutes=1)
    mailer(inbox, clock, 0, server=MailServer("127.0.0.1", server.port, "me", "secret", encrypted=True)).look()
    server.close()
    assert (server.mails, server.logins) == ([], [])
    assert "certificate" in warnings(caplog)[0].lower()


def test_a_password_is_not_sent_unencrypted(
    inbox: Inbox, clock: Clock, leave: Leave, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    leave("Hello")
    clock.pass_by(minutes=1)
    mailer(inbox, clock, 0, server=Remote("127.0.0.1", server.port, "me", "secret")).look()
    assert (server.mails, server.logins) == ([], [])
    assert "no STARTTLS there" in warnings(caplog)[0]


# --- the thread ---------------------------------------------------------------------------


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_thread_sends_what_is_there_and_what_comes(
    inbox: Inbox, clock: Clock, leave: Leave, server: Server
) -> None:
    leave("There before it began")
    clock.pass_by(minutes=1)
    sending = mailer(inbox, clock, server.port, every=0.02)
    sending.start()
    until(lambda: len(server.mails) == 1)
    leave("Later")
    clock.pass_by(minutes=1)
    until(lambda: len(server.mails) == 2)
    sending.stop()
    leave("After the end")
    clock.pass_by(minutes=1)
    time.sleep(0.1)
    assert len(server.mails) == 2


def test_the_thread_outlives_a_fault(
    inbox: Inbox, clock: Clock, leave: Leave, server: Server, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    leave("Hello")
    clock.pass_by(minutes=1)
    looks: list[int] = []
    to_mail = Inbox.to_mail

    def broken(self: Inbox, before: datetime) -> list[InboxMessage]:
        looks.append(1)
        if len(looks) < 4:
            raise RuntimeError("the database is away")
        return to_mail(self, before)

    monkeypatch.setattr(Inbox, "to_mail", broken)
    sending = mailer(inbox, clock, server.port, every=0.01)
    sending.start()
    until(lambda: len(server.mails) == 1)
    sending.stop()
    assert warnings(caplog) == ["cannot look for messages to e-mail, trying again: the database is away"]


def test_a_silent_server_holds_up_neither_turns_nor_the_end(
    inbox: Inbox, clock: Clock, leave: Leave, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.mail.TIMEOUT", 3.0)
    server.silent = True
    leave("Hello")
    clock.pass_by(minutes=1)
    sending = mailer(inbox, clock, server.port, every=0.01)
    sending.start()
    until(lambda: server.connections == 1)
    began = time.monotonic()
    leave("A turn meanwhile")
    assert time.monotonic() - began < 1
    assert len(inbox.messages()) == 2
    sending.stop()
    assert time.monotonic() - began < 2.9, "it does not wait for the server"
    sending._thread.join(10)
    assert len(inbox.messages()) == 2
    assert server.mails == []


def test_without_a_server_nothing_runs(workspace: Workspace) -> None:
    with mailing(Settings(), workspace.engine):
        assert [t.name for t in threading.enumerate() if t.name == "waymark-mail"] == []


def test_with_a_server_it_runs_as_long_as_the_application(workspace: Workspace, server: Server) -> None:
    settings = Settings(smtp_url=f"smtp://127.0.0.1:{server.port}", operator_email=TO)
    with mailing(settings, workspace.engine):
        assert [t.name for t in threading.enumerate() if t.name == "waymark-mail"] == ["waymark-mail"]
    assert [t.name for t in threading.enumerate() if t.name == "waymark-mail"] == []


# --- what is written ----------------------------------------------------------------------


def message(**given: Any) -> InboxMessage:
    known: dict[str, Any] = {
        "number": 7, "key": "k-1", "organisation_id": "o", "organisation": None, "sectors": (), "country": None,
        "member": None, "channel": "web", "text": "Hello", "step": None, "question": None,
        "created_at": datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc),
    }  # fmt: skip
    return InboxMessage(**{**known, **given})


@pytest.mark.parametrize(
    "name", ["Acme\r\nBcc: all@example.com", "Acme\nX: y", "Acme\x0b\x0c\x85 Bcc: x", "Acme\u2028Bcc: x", "ß" * 500]
)
def test_a_name_begins_no_header(name: str) -> None:
    mail = as_mail(message(organisation=name, member="A\r\nBcc: b@example.com"), "from@example.org", TO)
    back = email.message_from_bytes(mail.as_bytes(), policy=email.policy.SMTP)
    assert [key.lower() for key in back] == [
        "subject", "from", "to", "date", "message-id", "auto-submitted", "content-type",
        "content-transfer-encoding", "mime-version"]  # fmt: skip
    assert str(back["Subject"]).startswith("Waymark: message 7 from ")
    assert len(back["Subject"]) < 120


def test_a_long_line_is_carried_whole() -> None:
    text = "ž" * 1000
    mail = as_mail(message(text=text), "from@example.org", TO)
    assert max(map(len, mail.as_bytes().splitlines())) <= 998
    back = email.message_from_bytes(mail.as_bytes(), policy=email.policy.SMTP)
    assert isinstance(back, EmailMessage)
    assert back.get_content().startswith(text)


def test_a_nameless_one() -> None:
    mail = as_mail(message(), "from@example.org", TO)
    assert mail["Subject"] == "Waymark: message 7"
    assert "by: an organisation without a name\nat: the web page\n" in mail.get_content()


def test_a_minute_to_take_it_back() -> None:
    assert timedelta(seconds=30) <= GRACE <= timedelta(minutes=5)


# --- settings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 587)),
        ("smtp://localhost:25/", MailServer("localhost", 25)),
        ("smtps://me:secret@mail.example.org", MailServer("mail.example.org", 465, "me", "secret", True)),
        ("smtp://bot%40x.org:pa%3Ass%20w%C3%B6rd%2F1@h:2525", MailServer("h", 2525, "bot@x.org", PASSWORD)),
        ("smtp://[::1]:25", MailServer("::1", 25)),
    ],
)
def test_a_server_is_read(url: str, server: MailServer) -> None:
    settings = Settings.from_environment({"WAYMARK_SMTP_URL": url, "WAYMARK_OPERATOR_EMAIL": TO})
    assert settings.mail_server == server
    assert "secret" not in repr(settings) + repr(server)
    assert server.local == (server.host in ("localhost", "::1"))


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://me:secret@host", "one that begins with http://"),
        ("me:secret@host:587", "one without smtp://"),
        ("smtp://", "one without a host"),
        ("smtp://me:secret@", "one without a host"),
        ("smtp://me:sec/ret@host", "one whose host or port cannot be read|something after the host"),
        ("smtp://me:secret@host:99999", "one whose host or port cannot be read"),
        ("smtp://me:secret@host:0", "the port 0"),
        ("smtp://me@host", "one of user name and password without the other"),
        ("smtp://me:secret@host/path", "something after the host; write / "),
        ("smtp://me:secret@host?tls=no", "something after the host"),
        ("smtp://me:secret word@host", "one with a space or an unprintable character"),
        ("smtp://me:secret@ho\tst", "one with a space or an unprintable character"),
    ],
)
def test_what_is_no_server_is_refused_without_repeating_it(url: str, found: str) -> None:
    with pytest.raises(SettingsError, match=found) as raised:
        Settings.from_environment({"WAYMARK_SMTP_URL": url, "WAYMARK_OPERATOR_EMAIL": TO})
    assert "WAYMARK_SMTP_URL: expected smtp://user:password@host:587 or smtps://" in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "address", ["help", "a@b@c", "Anna <a@b.org>", "a@b.org, c@d.org", "a@b.org\nBcc: x@y.z", "@b"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="WAYMARK_OPERATOR_EMAIL: expected one address such as"):
        Settings.from_environment({"WAYMARK_SMTP_URL": "smtp://host", "WAYMARK_OPERATOR_EMAIL": address})


@pytest.mark.parametrize("name", ["x" * 81, "Acme\nAgency"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="WAYMARK_OPERATOR: expected a name of up to 80 characters in one line"):
        Settings.from_environment({"WAYMARK_OPERATOR": name})


def test_a_name_is_taken_alone() -> None:
    assert Settings.from_environment({"WAYMARK_OPERATOR": "Acme Agency"}).operator == "Acme Agency"


@pytest.mark.parametrize(
    ("given", "value", "missing"),
    [
        ("WAYMARK_SMTP_URL", "smtp://host", "WAYMARK_OPERATOR_EMAIL"),
        ("WAYMARK_OPERATOR_EMAIL", TO, "WAYMARK_SMTP_URL"),
    ],
)
def test_one_without_the_other_is_refused(given: str, value: str, missing: str) -> None:
    with pytest.raises(SettingsError, match=f"{given} is set and {missing} is not"):
        Settings.from_environment({given: value})


def test_the_doctor_does_not_show_the_password(tmp_path: Path) -> None:
    from assistant.doctor import examine

    settings = Settings(data=tmp_path, smtp_url="smtp://me:secret@host", operator_email=TO)
    assert "secret" not in "".join(f"{f.what} {f.found} {f.do}" for f in examine(settings))
