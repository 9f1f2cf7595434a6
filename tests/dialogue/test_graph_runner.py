"""The runner of the model's graph: each node once, after those that it needs, and nothing that is not asked for."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from assistant.dialogue.graph_runner import OrderedGraphRunner

_RAN: list[str] = []


class _Node(GraphComponent):
    """Adds up what it is given, and remembers that it ran."""

    def __init__(self, name: str) -> None:
        self._name = name

    @classmethod
    def create(cls, config: Any, model_storage: Any, resource: Any, execution_context: ExecutionContext) -> _Node:
        return cls(execution_context.node_name)

    def one(self, first: int) -> int:
        _RAN.append(self._name)
        return first + 1

    def two(self, first: int, second: int) -> int:
        _RAN.append(self._name)
        return 10 * first + second

    def fails(self, first: int) -> int:
        raise RuntimeError("no such thing")


def node(needs: dict[str, str], fn: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=_Node, constructor_name="create", fn=fn, config={}, eager=True)


# `late` is named before what it needs; `aside` is needed by nobody.
SCHEMA = GraphSchema(
    {
        "late": node({"first": "left", "second": "right"}, "two"),
        "aside": node({"first": "given"}, "one"),
        "right": node({"first": "left"}, "one"),
        "left": node({"first": "given"}, "one"),
        "broken": node({"first": "given"}, "fails"),
    }
)


def runner(kind: type[DaskGraphRunner] = OrderedGraphRunner) -> DaskGraphRunner:
    _RAN.clear()
    storage: Any = None
    return kind.create(SCHEMA, storage, ExecutionContext(SCHEMA))


def test_each_node_runs_once_after_those_that_it_needs() -> None:
    assert runner().run({"given": 1}, ["late"]) == {"late": 23}
    assert _RAN == ["left", "right", "late"]


def test_it_gives_what_rasa_s_own_gives() -> None:
    for targets in (["late"], ["aside", "right"], ["left"]):
        given = {"given": 4}
        assert runner().run(given, targets) == runner(DaskGraphRunner).run(given, targets)


def test_a_second_run_starts_anew() -> None:
    same = runner()
    assert same.run({"given": 1}, ["right"]) == {"right": 3}
    assert same.run({"given": 5}, ["right"]) == {"right": 7}
    assert same.run({"given": 5}, ["late"]) == {"late": 67}


def test_what_was_asked_for_by_the_schema_is_run() -> None:
    assert runner().run({"given": 1}) == {}


def test_an_input_called_like_a_node_is_refused() -> None:
    with pytest.raises(GraphRunError, match=r"found \['left'\]"):
        runner().run({"given": 1, "left": 2}, ["late"])
    assert _RAN == []


def test_a_missing_input_is_named() -> None:
    with pytest.raises(GraphRunError, match="given"):
        runner().run({}, ["left"])


def test_a_node_that_fails_says_why() -> None:
    with pytest.raises(GraphComponentException, match="broken") as caught:
        runner().run({"given": 1}, ["broken"])
    assert str(caught.value.__cause__) == "no such thing"
