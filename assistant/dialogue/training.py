"""``python -m assistant.dialogue.training MODEL``: trains the model from the project's files, in this process.

As ``rasa train --force --skip-validation`` does, but for what that does beside. After each node Rasa hashes and stores
all examples with their features, for a cache by which a later training could leave nodes out; a training that is forced
never looks there. And its importers read and check each file twice, and copy and hash all examples each time that
they add to them what a file, retrieval intents or stories with texts might hold; we have none of the last two.

Says on standard output which part begins to learn and which is done.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext, GraphNodeHook
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.validation import validate
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.common import TempDirectoryPath, get_temp_dir_name

from assistant.dialogue.graph_runner import OrderedGraphRunner
from assistant.dialogue.logs import configure
from assistant.dialogue.model import BEGINS, DONE
from assistant.settings import ROOT

__all__ = ["main"]

_LEARNS = "train_"
"""How Rasa's recipe calls the nodes that learn; what follows is the part and its place in the pipeline."""


class _Telling(GraphNodeHook):
    """Says which part is learning."""

    def on_before_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        received_inputs: dict[str, Any],
    ) -> dict[str, Any]:
        self._say(BEGINS, node_name)
        return {}

    def on_after_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        output: Any,
        input_hook_data: dict[str, Any],
    ) -> None:
        self._say(DONE, node_name)

    @staticmethod
    def _say(what: str, node: str) -> None:
        if node.startswith(_LEARNS):
            print(what + node.removeprefix(_LEARNS).rpartition(".")[2].rstrip("0123456789"), flush=True)


class _Reader(RasaYAMLReader):
    """Reads examples without holding the file against the schema first: a test does (tests/nlu/test_components.py)."""

    def validate(self, string: str) -> None:
        pass


class ReadOnce(RasaFileImporter):
    """Rasa's importer of files, by which each is read once and no example copied."""

    def __init__(self, config_file: str, domain_path: str, training_data_paths: list[str]) -> None:
        super().__init__(config_file, domain_path, training_data_paths)
        self._domain: Domain | None = None
        self._examples: TrainingData | None = None

    def get_domain(self) -> Domain:
        """The domain.

        Raises:
            InvalidDomain: if it is none. Rasa's own would warn, and train with an empty one.
        """
        if self._domain is None:
            self._domain = Domain.load(self._domain_path)
        return self._domain

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples of all files, each once.

        Raises:
            YamlException: if a file is not YAML; the message names it.
        """
        if self._examples is None:
            found = [_Reader().read(name) for name in self._nlu_files]
            self._examples = TrainingData([example for each in found for example in each.training_examples])
        return self._examples


def main(arguments: list[str]) -> int:
    """Trains, and writes the model to the path given.

    Raises:
        RasaException: if a file or the training is at fault; the message says which.
    """
    (target,) = arguments
    configure("ERROR")  # the policy of rules would tell each state of each rule
    importer = ReadOnce(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data" / "nlu"), str(ROOT / "data" / "rules")]
    )
    domain = copy.deepcopy(importer.get_domain())  # the nodes may change theirs
    config = importer.get_config()
    recipe = Recipe.recipe_for_name(config.get("recipe"))
    config, _, _ = recipe.auto_configure(importer.get_config_file_for_auto_config(), config, TrainingType.BOTH)
    plan = recipe.graph_config_for_recipe(config, {}, training_type=TrainingType.BOTH)
    validate(plan)
    schema = plan.train_schema
    with TempDirectoryPath(get_temp_dir_name()) as folder:
        storage = LocalModelStorage(Path(folder))
        runner = OrderedGraphRunner.create(schema, storage, ExecutionContext(schema), hooks=[_Telling()])
        runner.run(inputs={PLACEHOLDER_IMPORTER: importer})
        storage.create_model_package(Path(target), plan, domain)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
