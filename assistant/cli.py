"""The command line: ``waymark run | train | chat | ask | inbox | search | knowledge | doctor``.

Rasa takes seconds to import, so it is imported only where a command talks.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import inbox_cli, knowledge_cli
from assistant.knowledge.entries import TYPES
from assistant.settings import Settings, SettingsError

if TYPE_CHECKING:
    from assistant.dialogue.assistant import Assistant
    from assistant.replies import Reply
    from assistant.workspace import MemberRef

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 something is wrong, 2 wrongly called."""
    if sys.version_info[:2] != (3, 10):
        print(f"waymark: needs Python 3.10, this is {sys.version.split()[0]}: run `make setup`", file=sys.stderr)
        return 2
    parser = _parser()
    given = parser.parse_args(arguments)
    if not getattr(given, "command", None):
        parser.print_help()
        return 2
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        print(f"waymark: {error}", file=sys.stderr)
        return 2
    _quiet(settings)
    try:
        status = int(given.command(settings, given))
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has had enough, as in `waymark search ... | head`; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        explained = _explained(error)
        if explained is None:
            raise
        print(f"waymark: {explained}", file=sys.stderr)
        return 1


def _explained(error: Exception) -> str | None:
    """What is said of an error that the installation or a file may cause; None if the fault is ours."""
    # Imported when there is an error: the database's packages take most of a second, and a search needs none of them.
    from sqlalchemy.exc import SQLAlchemyError

    from assistant.dialogue.model import TrainingError
    from assistant.knowledge.journey import KnowledgeError
    from assistant.workspace import WorkspaceError

    if isinstance(error, KnowledgeError | TrainingError | WorkspaceError):
        return str(error)
    if isinstance(error, SQLAlchemyError | OSError):
        remedy = "Check WAYMARK_DATABASE_URL, WAYMARK_DATA and WAYMARK_PORT; `waymark doctor` says more."
        return f"{str(error).splitlines()[0]}\n{remedy}"
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="waymark", description="A guide through the internationalisation of industry clusters."
    )
    commands = parser.add_subparsers(title="commands")

    def add(name: str, command: object, words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.set_defaults(command=command)
        return sub

    run = add("run", _run, "serve the web page and the HTTP interface; trains the model first if none fits")
    run.add_argument("--host", help="address to serve on (default: WAYMARK_HOST or 127.0.0.1)")
    run.add_argument("--port", help="port to serve on (default: WAYMARK_PORT or 8000)")
    training = add("train", _train, "train the model if none fits the files")
    training.add_argument("--force", action="store_true", help="train even if one fits")
    chat = add("chat", _chat, "talk in the terminal")
    chat.add_argument("--as", dest="who", default="terminal", help="who is talking; each name has a journey of its own")
    ask = add("ask", _ask, "say one thing and print the answer")
    ask.add_argument("text")
    ask.add_argument("--as", dest="who", default="terminal", help="who is talking; each name has a journey of its own")
    inbox = add("inbox", inbox_cli.listed, "show what people have left for a person")
    inbox_cli.add_options(inbox)
    knowledge = add("knowledge", _knowledge_help, "look after the knowledge base")
    knowledge_commands = knowledge.add_subparsers(title="commands")
    check = knowledge_commands.add_parser("check", help="validate every file of the knowledge base")
    check.add_argument("--fast", action="store_true", help="only the files' form, not what the search makes of them")
    check.set_defaults(command=knowledge_cli.check)
    new = knowledge_commands.add_parser("new", help="write the skeleton of an entry")
    new.add_argument("type", choices=sorted(TYPES), help="what it is")
    new.add_argument("name", type=_slug, help="the file's name: small letters, digits and hyphens")
    new.add_argument("--extra", action="store_true", help="into your own folder, WAYMARK_KNOWLEDGE_EXTRA")
    new.set_defaults(command=knowledge_cli.new)
    index = knowledge_commands.add_parser("index", help="encode what is new, so that no start waits for it")
    index.set_defaults(command=knowledge_cli.index)
    search = add("search", knowledge_cli.search, "ask the knowledge base, without starting anything")
    knowledge_cli.add_filters(search)
    add("doctor", _doctor, "say what is installed, where the data is, and whether the model fits the files")
    return parser


def _slug(text: str) -> str:
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) is None:
        raise argparse.ArgumentTypeError(f"expected small letters, digits and hyphens, found {text!r}")
    return text


def _quiet(settings: Settings) -> None:
    """Lets only what matters through: Rasa and TensorFlow are talkative."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    os.environ.setdefault("LOG_LEVEL", settings.log_level)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if settings.log_level != "DEBUG":
        # Rasa's dependencies warn about each other at every start; TensorFlow resets the filters, so
        # that ignoring them does not last: they are sent to a logger that says nothing.
        logging.captureWarnings(True)
        logging.getLogger("py.warnings").setLevel(logging.CRITICAL)


# --- training ----------------------------------------------------------------------------


def _model(settings: Settings, *, force: bool = False) -> Path:
    """The model that fits the files; trained, with one progress bar, if there is none."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from assistant.dialogue.model import STAGES, find_model, train

    found = find_model(settings.models)
    if found is not None and not force:
        return found
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("training the model", total=len(STAGES))

        def show(stage: str, done: int) -> None:
            bar.update(task, completed=done, description=f"training the model{': ' + stage if stage else ''}")

        path = train(settings.models, show)
        bar.update(task, completed=len(STAGES), description="the model is trained")
    return path


def _train(settings: Settings, given: argparse.Namespace) -> int:
    path = _model(settings, force=given.force)
    print(f"The model fits the files: {path.name}")
    return 0


# --- talking -----------------------------------------------------------------------------


def _assistant(settings: Settings) -> Assistant:
    from assistant.workspace import Workspace, create_engine, migrate

    model = _model(settings)
    from assistant.dialogue.assistant import Assistant
    from assistant.dialogue.logs import configure

    configure(settings.log_level)
    engine = create_engine(settings.url)
    migrate(engine)
    return Assistant.load(Workspace(engine), model)


def _member(assistant: Assistant, who: str) -> MemberRef:
    with assistant.workspace.unit() as unit:
        member = unit.find_member("terminal", who)
        if member is None:
            member = unit.new_member("terminal", who)
            unit.commit()
        return member


def _print(*replies: Reply) -> None:
    from assistant.channels.terminal import render

    first = 1
    for reply in replies:
        print(render(reply, colour=sys.stdout.isatty(), first=first))
        print()
        first += len(reply.flat_buttons())


def _ask(settings: Settings, given: argparse.Namespace) -> int:
    assistant = _assistant(settings)
    return asyncio.run(_say(assistant, _member(assistant, given.who), given.text))


async def _say(assistant: Assistant, member: MemberRef, text: str) -> int:
    from assistant.channels.terminal import pressed
    from assistant.dialogue.refusal import MessageRefused

    try:
        button = pressed(assistant.workspace, member, text)
        if button is not None:
            replies = await assistant.press(member, "terminal", button.payload, button.title)
        else:
            replies = await assistant.text(member, "terminal", text)
    except MessageRefused as refused:
        print(refused)
        return 1
    _print(*replies)
    return 0


def _chat(settings: Settings, given: argparse.Namespace) -> int:
    assistant = _assistant(settings)
    member = _member(assistant, given.who)
    print("Write, or give a button's number. Ctrl-D ends; everything is kept.\n")
    _print(assistant.greeting())

    async def talk() -> None:
        while True:
            try:
                line = await asyncio.to_thread(input, "> ")
            except EOFError:
                print()
                return
            print()
            await _say(assistant, member, line)

    asyncio.run(talk())
    return 0


# --- serving, checking -------------------------------------------------------------------


def _run(settings: Settings, given: argparse.Namespace) -> int:
    from assistant.mail import mailing
    from assistant.web.app import create_app
    from assistant.web.serve import serve

    given_here = {"WAYMARK_HOST": given.host, "WAYMARK_PORT": given.port}
    try:
        settings = Settings.from_environment({**os.environ, **{k: v for k, v in given_here.items() if v is not None}})
    except SettingsError as error:
        print(f"waymark: {error}", file=sys.stderr)
        return 2
    assistant = _assistant(settings)
    with mailing(settings, assistant.workspace.engine):
        return serve(create_app(assistant, settings), settings.host, settings.port, settings.log_level)


def _knowledge_help(settings: Settings, given: argparse.Namespace) -> int:
    print("waymark knowledge check   validate every file of the knowledge base")
    print("waymark knowledge new     write the skeleton of an entry")
    print("waymark knowledge index   encode what is new, so that no start waits for it")
    return 2


def _doctor(settings: Settings, given: argparse.Namespace) -> int:
    from assistant.doctor import examine

    healthy = True
    for finding in examine(settings):
        healthy = healthy and finding.good
        print(
            f"{'ok ' if finding.good else 'NO '} {finding.what}: {finding.found}"
            + (f" -> {finding.do}" if finding.do else "")
        )
    return 0 if healthy else 1


if __name__ == "__main__":
    sys.exit(main())
