"""Makes a test of every ``*.txt`` file below this folder; see README.md for what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.fixtures import TopRequest

from assistant.workspace import create_engine, migrate
from tests.conversations.language import ConversationFailed, Script, ScriptError, read_script
from tests.conversations.pages import SCRIPTS, as_page, page_path

if TYPE_CHECKING:
    from tests.conversations.runner import Conversation

_HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--transcripts", type=Path, metavar="DIR", help="write what was said in each conversation to files in DIR"
    )
    parser.addoption(
        "--write-pages", action="store_true", help="write docs/transcripts anew instead of comparing with it"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".txt" and _HERE in file_path.parents:
        return ConversationFile.from_parent(parent, path=file_path)
    return None


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables, copied for each conversation: migrating takes longer than talking."""
    path = tmp_path_factory.mktemp("empty") / "waymark.db"
    engine = create_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


class ConversationFile(pytest.File):
    """A file, which is one test."""

    def collect(self) -> Iterator[pytest.Item]:
        try:
            script = read_script(self.path)
        except ScriptError as error:
            raise self.CollectError(str(error)) from None
        yield ConversationItem.from_parent(self, name=self.path.stem, script=script)


class ConversationItem(pytest.Item):
    """One conversation, run against the real model, the real actions and a database of its own."""

    def __init__(self, *, script: Script, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._script = script
        self.add_marker("model")
        if script.fault is not None:
            self.add_marker(pytest.mark.xfail(reason=script.fault, raises=ConversationFailed, strict=True))
        self._ask_for_fixtures()

    def _ask_for_fixtures(self) -> None:
        """What pytest's own items that are no functions do (its DoctestItem), to share the loaded model."""
        self.obj = None
        self.funcargs: dict[str, object] = {}
        self._fixtureinfo = self.session._fixturemanager.getfixtureinfo(node=self, func=None, cls=None)
        self.fixturenames = self._fixtureinfo.names_closure
        self._request = TopRequest(self, _ispytest=True)

    def setup(self) -> None:
        self._request._fillfixtures()

    def runtest(self) -> None:
        agent = self._request.getfixturevalue("agent")
        folder: Path = self._request.getfixturevalue("tmp_path")
        empty: Path = self._request.getfixturevalue("empty_database")
        from tests.conversations.runner import Conversation  # with Rasa: ten seconds, not to be spent on collecting

        conversation = Conversation(self._script, agent, folder / "waymark.db", empty)
        try:
            conversation.run()
        finally:
            self.add_report_section("call", "transcript", "\n".join(conversation.transcript))
            self._write(conversation)
        if self.path.parent == SCRIPTS:
            self._keep_page(as_page(self.path, self._script.shows, conversation.exchanges))

    def _keep_page(self, page: str) -> None:
        """Compares the page in docs/transcripts with what was said, or writes it."""
        path = page_path(self.path)
        if self.config.getoption("write_pages", default=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != page:
            raise ConversationFailed(f"{path.name} is not what the assistant says now: run `make transcripts`, read it")

    def _write(self, conversation: Conversation) -> None:
        target: Path | None = self.config.getoption("transcripts", default=None)
        if target is None:
            return
        path = target / self.path.relative_to(_HERE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(conversation.transcript) + "\n", encoding="utf-8", errors="backslashreplace")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, ConversationFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.parent.name}: {self.name}"
