"""E-mails the operator what people leave for a person.

A turn only stores its message. One thread of ``waymark run`` looks every so often for messages that have not gone out
and hands them in, so that a mail server that is slow or dead delays no reply and loses nothing: what could not be sent
is tried again, after a start too. A message goes out at least once; should it go out twice, because a process died in
between, both carry the same Message-ID.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sqlalchemy import Engine

from assistant.inbox_words import left_at, where, who
from assistant.settings import MailServer, Settings
from assistant.workspace import Inbox, InboxMessage
from assistant.workspace.columns import utc_now

__all__ = ["EVERY", "GRACE", "Mailer", "as_mail", "mailing"]

log = logging.getLogger(__name__)

GRACE = timedelta(minutes=1)
"""How long a message waits before it goes out, so that it can be taken back by whoever left it."""
EVERY = 20.0
"""Seconds between two looks for messages to send; a look is one small query."""
TIMEOUT = 20.0
"""Seconds that the server may take for each step of the protocol."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
"""How long a message that could not be sent waits: twice as long after each failure."""
_LONGEST_NAME, _LONGEST_REASON = 80, 200


def as_mail(message: InboxMessage, sender: str, to: str) -> EmailMessage:
    """The e-mail of one message: plain text, with who it was and where they were."""
    mail = EmailMessage(policy=SMTP)
    # A name is somebody else's words: whatever breaks a line in it must not begin another header.
    name = "".join(c if c.isprintable() else " " for c in message.organisation or "")
    name = " ".join(name.split())[:_LONGEST_NAME]
    mail["Subject"] = f"Waymark: message {message.number}" + (f" from {name}" if name else "")
    mail["From"] = sender
    mail["To"] = to
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{message.key}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        f"{message.text}\n\n"
        "-- \n"
        f"Message {message.number}, left on {left_at(message.created_at)}\n"
        f"by: {who(message)}\n"
        f"at: {where(message)}\n\n"
        "They get an answer only if they wrote how to reach them.\n"
        f"`waymark inbox close {message.number}` marks it as dealt with.\n"
    )
    return mail


class Mailer:
    """Hands messages in to one mail server.

    Args:
        inbox: where they are.
        server: where they go in.
        to: the operator's address.
        grace: how long a message waits first.
        every: seconds between two looks.
        clock: the time in UTC.
        tls: what to trust; by default what the system does.
    """

    def __init__(
        self,
        inbox: Inbox,
        server: MailServer,
        to: str,
        *,
        grace: timedelta = GRACE,
        every: float = EVERY,
        clock: Callable[[], datetime] = utc_now,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._inbox = inbox
        self._server = server
        self._to = to
        self._sender = server.user if "@" in server.user and server.user.isascii() else to
        self._grace = grace
        self._every = every
        self._clock = clock
        self._tls = tls
        self._failures: dict[int, int] = {}
        self._not_before: dict[int, datetime] = {}
        self._sent: set[int] = set()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="waymark-mail", daemon=True)

    def start(self) -> None:
        """Begins to look, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Looks no more; what is on its way is given a moment, and otherwise sent at the next start."""
        self._end.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        troubled = False
        while not self._end.is_set():
            try:
                self.look()
                troubled = False
            except Exception as error:  # such as a database that cannot be reached: the thread must outlive it
                if not troubled:
                    log.warning("cannot look for messages to e-mail, trying again: %s", self._reason(error))
                troubled = True
            self._end.wait(self._every)

    def look(self) -> None:
        """Sends what is due, once."""
        now = self._clock()
        waiting = [m for m in self._inbox.to_mail(now - self._grace) if self._not_before.get(m.number, now) <= now]
        for message in [m for m in waiting if m.number in self._sent]:
            self._inbox.mark_mailed(message.number)  # it went out, but that could not be noted then
            waiting.remove(message)
        if not waiting:
            return
        try:
            with self._connected() as connection:
                while waiting and not self._end.is_set():
                    self._send(connection, waiting[0])
                    waiting.pop(0)
        except OSError as error:  # of the network, of TLS, or of the protocol: smtplib's errors are OSErrors
            self._put_off(waiting, error)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server, tls = self._server, self._tls or ssl.create_default_context()
        made = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=tls)
            if server.encrypted
            else smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        )
        with made as connection:
            connection.ehlo_or_helo_if_needed()
            if not server.encrypted and not server.local:
                if connection.has_extn("starttls"):
                    connection.starttls(context=tls)
                elif server.user:
                    raise smtplib.SMTPNotSupportedError("no STARTTLS there, and a password is not sent unencrypted")
            if server.user:
                connection.login(server.user, server.password)
            yield connection

    def _send(self, connection: smtplib.SMTP, message: InboxMessage) -> None:
        mail = as_mail(message, self._sender, self._to)
        try:
            connection.send_message(mail, self._sender, [self._to])
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException as error:
            self._put_off([message], error)  # the server refuses this one; the next may do
            return
        self._sent.add(message.number)
        self._inbox.mark_mailed(message.number)

    def _put_off(self, messages: list[InboxMessage], error: Exception) -> None:
        news = [str(m.number) for m in messages if m.number not in self._failures]
        for message in messages:
            failures = self._failures.get(message.number, 0)
            pause = min(_FIRST_PAUSE * 2 ** min(failures, 10), _LONGEST_PAUSE)
            self._not_before[message.number] = self._clock() + pause
            self._failures[message.number] = failures + 1
        if news:
            log.warning(
                "message %s for a person could not be e-mailed through %s:%d and is tried again; "
                "`waymark inbox` shows it: %s",
                ", ".join(news),
                self._server.host,
                self._server.port,
                self._reason(error),
            )

    def _reason(self, error: Exception) -> str:
        """What went wrong, in one line, without the password should a server repeat it."""
        words = str(error) or type(error).__name__
        if isinstance(error, smtplib.SMTPResponseException):
            said = error.smtp_error
            words = f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
        words = words.splitlines()[0] if words.splitlines() else words
        if self._server.password:
            words = words.replace(self._server.password, "...")
        return "".join(c if c.isprintable() else " " for c in words)[:_LONGEST_REASON]


@contextmanager
def mailing(settings: Settings, engine: Engine) -> Iterator[None]:
    """E-mails what is left for a person as long as it lasts; does nothing where no mail server is set."""
    server = settings.mail_server
    if server is None:
        yield
        return
    mailer = Mailer(Inbox(engine), server, settings.operator_email)
    mailer.start()
    try:
        yield
    finally:
        mailer.stop()
