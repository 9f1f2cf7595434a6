"""Tune a branch of the sentence encoder that reads answers: ``answer.onnx``.

This is run by hand when ``data/answers`` or ``data/nlu`` has changed much; its result is committed. It has the
environment of ``tools/tune_encoder.py``::

    export-env/bin/python tools/tune_answers.py
    export-env/bin/python tools/tune_answers.py --hold-out terse.yml --target trial   # how it does on another hand
    export-env/bin/python tools/tune_answers.py --new hedges.yml officials.yml   # goes on from the committed branch

"The drawer is full of unsigned drafts" is a partly, "80 per cent" to "is the plan finished?" too, and "each on his own"
is a no where it is asked whether partners share results. So the whole encoder is tuned, from the embedding up, on
answers together with their questions, and ends in how likely each value is; besides, that a message is no answer at
all, which it learns from the examples of intents. What the search and the intents compare stays as it was: the branch
has layers of its own and shares nothing but the embedding.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
import yaml
from encoder_graph import (
    ANSWER,
    DROPOUT,
    HIDDEN,
    LAYERS,
    ROOT,
    TARGET,
    Stack,
    Weights,
    Words,
    committed,
    export,
    find_checkpoint,
    open_tokenizer,
    write_sums,
)
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from tune_encoder import beside_the_rest, misspell, pace, report

ANSWERS, INTENTS, JOURNEY = ROOT / "data" / "answers", ROOT / "data" / "nlu", ROOT / "knowledge" / "journey"
KINDS = ("yes", "partly", "not_yet", "not_applicable", "unclear", "other")
"""What the branch tells apart, in the order of its output; `assistant/dialogue/answer_model.py` has the same."""

SEED = 1
EPOCHS = 3
BATCH = 32
RATE, HEAD_RATE = 2e-4, 2e-3
WARM_UP = 0.1
SMOOTHING = 0.1
LARGEST_STEP = 1.0
"""Length to which the gradient is cut."""
NOISY = 0.4
"""Share of the examples seen misspelt, anew each time."""
WITHOUT_QUESTION = 0.1
"""Share of the answers seen without their question, as they come in corrections of an earlier one."""
OTHERS = 0.35
"""Messages that are no answer, as a share of the answers; drawn anew each epoch."""
FEW = 4
"""Words up to which an answer of ``data/nlu`` fits any question."""
OFTEN = {"said-again.yml": 3}
"""How often in each epoch the answers of a file are seen, if not once: most people answer plainly, and most lines that
somebody thinks up are not plain."""

HALVED = torch.cpu._is_avx512_bf16_supported()
"""Whether to multiply in 16 bits, which is quicker where the processor can, and more than ten times slower where it
only pretends to."""

GOING_ON, NEW_OFTEN, RATE_GOING_ON = 1, 2, 1e-4
"""Epochs, how often new hands are seen in each, and the rate, where the committed branch learns from new hands: what it
knows already is seen once more, and the mean of the weights before and after is kept, so that none of it is lost."""

AMBIGUOUS = frozenset({"declare_standing", "accept", "decline", "all_as_before"})
"""Intents whose examples may be answers while a question is open."""
UNDECIDED = re.compile(r"\b(?:idea|know|clue|sure|tell|say)\b", re.IGNORECASE)
""" "I don't know" may leave a question, or be an unclear answer: such lines of `skip_question` teach neither."""


class Example(NamedTuple):
    """A message, the id of the question it was said to (empty where there is none), and what it is of `KINDS`."""

    question: str
    text: str
    kind: str


@dataclass(frozen=True)
class Data:
    """All that is learnt from.

    Args:
        answers: with their questions.
        short: answers that fit any question.
        long: answers whose question nobody knows.
        others: what is no answer.
    """

    answers: list[Example]
    short: list[Example]
    long: list[Example]
    others: list[Example]

    def epoch(self, questions: Sequence[str], chance: random.Random) -> list[Example]:
        """What is seen in one epoch, in random order."""

        def asked(question: str, bare: float) -> str:
            return "" if chance.random() < bare else question

        seen = [e._replace(question=asked(e.question, WITHOUT_QUESTION)) for e in self.answers] + self.long
        seen += [e._replace(question=asked(chance.choice(questions), 0.3)) for e in self.short]
        count = min(len(self.others), int(OTHERS * len(seen)))
        others = chance.sample(self.others, count)
        seen += [e._replace(question=asked(chance.choice(questions), WITHOUT_QUESTION)) for e in others]
        chance.shuffle(seen)
        return seen


def read_questions(folder: Path) -> dict[str, list[str]]:
    """The words of each checklist question, as each audience is asked it."""
    found = {}
    for path in sorted(folder.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for question in content.get("checklist", []) if isinstance(content, dict) else []:
            ask = question["ask"]
            found[question["id"]] = [str(words).strip() for words in (ask.values() if isinstance(ask, dict) else [ask])]
    return found


def read_answers(paths: Sequence[Path]) -> list[Example]:
    """The answers of files in ``data/answers``."""
    found = []
    for path in paths:
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]:
            found.append(Example(str(item.get("question") or ""), str(item["text"]).strip(), str(item["value"])))
    return found


def read_data(held_out: str | None, new: Sequence[str] = ()) -> tuple[Data, list[Example]]:
    """What is learnt from, and the answers of the file that is held out."""
    paths = sorted(ANSWERS.glob("*.yml"))
    for name in (*([held_out] if held_out else []), *new):
        if name not in (path.name for path in paths):
            raise SystemExit(f"expected a file of data/answers ({', '.join(p.name for p in paths)}), found {name}")
    kept = [path for path in paths if path.name == held_out]
    often = {**OFTEN, **dict.fromkeys(new, NEW_OFTEN)}
    answers = read_answers([path for path in paths if path not in kept for _ in range(often.get(path.name, 1))])
    said, others = [], []
    for path in sorted(INTENTS.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            intent = item["intent"]
            for line in (line.strip() for line in item["examples"].splitlines()):
                text = line.removeprefix("- ").strip()
                if intent.startswith("answer_"):
                    said.append(Example("", text, intent.removeprefix("answer_")))
                elif intent not in AMBIGUOUS and not (intent == "skip_question" and UNDECIDED.search(text)):
                    others.append(Example("", text, "other"))
    asked = [answer for answer in answers if answer.question]
    bare = [answer for answer in answers if not answer.question] + said
    short = [answer for answer in bare if len(answer.text.split()) <= FEW]
    long = [answer for answer in bare if len(answer.text.split()) > FEW]
    return Data(asked, short, long, others), read_answers(kept)


class Judge(Stack):
    """All layers of the encoder, tuned, and a classifier over the mean of the tokens."""

    def __init__(self, weights: Weights) -> None:
        super().__init__(weights, range(LAYERS))
        self.head = nn.Linear(HIDDEN, len(KINDS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def scores(self, states: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        """One logit for each kind."""
        mean = self.mean(states, attention_mask)
        found: Tensor = self.head(functional.dropout(mean, DROPOUT, self.training))
        return found

    def forward(self, states: Tensor, attention_mask: Tensor | None = None) -> Tensor:
        """How likely each kind is; together 1."""
        return self.scores(states, attention_mask).softmax(dim=-1)


class Reader:
    """Turns examples into tokens: the message, then the question."""

    def __init__(self, questions: dict[str, list[str]]) -> None:
        self._questions = questions
        self._tokenizer = open_tokenizer()

    def tokens(self, example: Example, chance: random.Random) -> list[int]:
        """The token ids of one example; of a question with two wordings, one by chance."""
        asked = self._questions.get(example.question)
        given = (example.text, chance.choice(asked)) if asked else (example.text,)
        return list(self._tokenizer.encode(*given).ids)


def padded(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    """A batch of token ids, and its mask."""
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    return ids, torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])


def batches(
    seen: list[Example], reader: Reader, chance: random.Random
) -> Iterator[tuple[list[Example], tuple[Tensor, Tensor]]]:
    """One epoch: some texts misspelt, those of like length together."""
    for start in range(0, len(seen), BATCH * 16):
        rows = []
        for example in seen[start : start + BATCH * 16]:
            noisy = chance.random() < NOISY
            told = example._replace(text=misspell(example.text, chance)) if noisy else example
            rows.append((example, reader.tokens(told, chance)))
        rows.sort(key=lambda row: len(row[1]))
        near = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
        chance.shuffle(near)
        for batch in near:
            yield [example for example, _ in batch], padded([tokens for _, tokens in batch])


def tune(
    data: Data,
    questions: dict[str, list[str]],
    weights: Weights,
    epochs: int,
    start_from: Weights | None = None,
) -> Judge:
    """Train all layers and the classifier; from the published weights, or from those of `start_from`."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    embedding, judge, reader = Words(weights), Judge(weights), Reader(questions)
    if start_from is not None:
        judge.load_state_dict(start_from)
    rate = RATE if start_from is None else RATE_GOING_ON
    groups = [
        {"params": judge.layers.parameters(), "lr": rate, "weight_decay": 0.01},
        {"params": judge.head.parameters(), "lr": HEAD_RATE if start_from is None else rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups)
    ids = list(questions)
    steps = epochs * len(data.epoch(ids, chance)) // BATCH
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, steps))
    for epoch in range(epochs):
        judge.train()
        start, losses = time.monotonic(), []
        for batch, (tokens, mask) in batches(data.epoch(ids, chance), reader, chance):
            wanted = torch.tensor([KINDS.index(example.kind) for example in batch])
            with torch.autocast("cpu", torch.bfloat16, enabled=HALVED):
                scores = judge.scores(embedding(tokens), mask)
            loss = functional.cross_entropy(scores.float(), wanted, label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(judge.parameters(), LARGEST_STEP)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        report(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}", start)
    judge.eval()
    return judge


def judged(judge: Judge, examples: list[Example], questions: dict[str, list[str]], weights: Weights) -> str:
    """How an answer of another hand is read: the share that is right, of all and of each kind."""
    embedding, reader, chance = Words(weights), Reader(questions), random.Random(SEED)
    right: Counter[str] = Counter()
    for example in examples:
        tokens, mask = padded([reader.tokens(example, chance)])
        with torch.no_grad():
            likely = judge(embedding(tokens), mask)[0, : len(KINDS) - 1]
        right[example.kind] += KINDS[int(likely.argmax())] == example.kind
    every = Counter(example.kind for example in examples)
    parts = ", ".join(f"{kind} {right[kind] / every[kind]:.3f}" for kind in every)
    return f"held out: {right.total() / len(examples):.3f} of {len(examples)} ({parts})"


def main() -> int:
    """Read, tune, and write the part with the checksums."""
    parser = argparse.ArgumentParser(description="Tune the reading of answers on data.")
    parser.add_argument("--target", type=Path, default=TARGET, help="where to write (default: the committed files)")
    parser.add_argument(
        "--epochs", type=int, help=f"times through the examples (default: {EPOCHS}; with --new {GOING_ON})"
    )
    parser.add_argument(
        "--new", nargs="+", default=[], metavar="FILE", help="go on from the committed branch, which has not seen these"
    )
    parser.add_argument("--hold-out", metavar="FILE", help="leave this file of data/answers out, and judge with it")
    parser.add_argument("--threads", type=int, default=2, help="processors to use (default: 2)")
    options = parser.parse_args()
    if options.hold_out and options.target.resolve() == TARGET:
        parser.error("--hold-out: expected --target beside it: what is committed learns from every hand")
    torch.set_num_threads(options.threads)
    weights = load_file(find_checkpoint() / "model.safetensors")
    questions = read_questions(JOURNEY)
    data, held_out = read_data(options.hold_out, options.new)
    sizes = (len(part) for part in (data.answers, data.short + data.long, data.others))
    report("{} answers, {} without a question, {} other messages".format(*sizes), time.monotonic())
    epochs = options.epochs or (GOING_ON if options.new else EPOCHS)
    known = committed(TARGET / ANSWER) if options.new else None
    judge = tune(data, questions, weights, epochs, known)
    if known is not None:
        # Half way, it has learnt as much of the new hands, and lost less of what is no answer.
        judge.load_state_dict({name: (known[name] + tuned) / 2 for name, tuned in judge.state_dict().items()})
    if held_out:
        report(judged(judge, held_out, questions, weights), time.monotonic())
    beside_the_rest(options.target)
    export(judge, options.target / ANSWER, gives="answer_likelihood", in_floats=True)
    write_sums(options.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
