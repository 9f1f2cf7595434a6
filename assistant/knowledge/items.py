"""What can be found: the entries, and the journey's own steps, questions, lines, terms and menus, in one shape.

An :class:`Item` is what the search ranks and what a reply is composed from. Where it came from
(an entry's file or a journey file) no longer matters to either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.journey.definition import Audience
from assistant.knowledge import models as m
from assistant.knowledge.entries import Case, Definition, Entry, Event, Funding, Guide, Network, Service, Tool
from assistant.knowledge.journey import JourneyKnowledge

__all__ = ["ITEM_TYPES", "Item", "Statement", "items_of_entries", "items_of_journey"]

BOTH = (Audience.CLUSTER_ORGANISATION, Audience.POLICY_MAKER)
ITEM_TYPES = (
    "case", "funding", "network", "tool", "service", "skill", "factor", "recommendation", "term", "statistic", "event",
    "guide", "step", "question", "line", "menu", "rule",
)  # fmt: skip
"""Types of items; the last five come from the journey's files."""


@dataclass(frozen=True)
class Statement:
    """One sentence or two that a reply can say, and where the sources say it.

    Args:
        text: what is said.
        citations: where.
        label: what kind of statement it is, where that matters ("lesson", "paid_by", "amount", "part" ...).
    """

    text: str
    citations: tuple[m.Citation, ...]
    label: str = "fact"


@dataclass(frozen=True)
class Item:
    """One thing that can be found and told.

    Args:
        id: as the knowledge base has it: ``case/medicon-valley-ambassadors``, ``step/4``, ``question/4.targets``.
        type: one of `ITEM_TYPES`.
        title: how a list names it.
        summary: the short answer.
        statements: what there is to say beyond it, in order.
        citations: all places in the sources, the summary's first.
        asks: questions that it answers.
        names: title and other names.
        entry: the entry that it was made from, if it was.
    """

    id: str
    type: str
    title: str
    summary: str
    statements: tuple[Statement, ...]
    citations: tuple[m.Citation, ...]
    asks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    audience: tuple[Audience, ...] = BOTH
    year: int | None = None
    see: tuple[str, ...] = ()
    entry: Entry | None = field(default=None, repr=False, compare=False)

    @property
    def of_summary(self) -> tuple[m.Citation, ...]:
        """Where the sources say what the summary says."""
        return self.entry.citations_of("summary") if self.entry is not None else self.citations[:1]

    @property
    def lessons(self) -> tuple[Statement, ...]:
        """What others can take from it."""
        return tuple(s for s in self.statements if s.label == "lesson")

    @property
    def paid_by(self) -> tuple[Statement, ...]:
        """Who paid for it, as far as the sources say."""
        return tuple(s for s in self.statements if s.label == "paid_by")


# --- entries -----------------------------------------------------------------------------


def items_of_entries(entries: Iterable[Entry]) -> Iterator[Item]:
    """The entries as items."""
    for entry in entries:
        yield Item(
            id=entry.id,
            type=entry.type,
            title=entry.title,
            summary=entry.summary,
            statements=tuple(_statements(entry)),
            citations=entry.sources,
            asks=entry.asks,
            names=tuple(dict.fromkeys((entry.title, *_short_title(entry.title), *entry.also_known_as, *_who(entry)))),
            countries=entry.countries,
            abroad=entry.abroad,
            regions=entry.regions,
            sectors=entry.sectors,
            steps=entry.steps,
            audience=entry.audience,
            year=entry.year,
            see=entry.see,
            entry=entry,
        )


def _short_title(title: str) -> tuple[str, ...]:
    """What stands before brackets: "Innovation Express (joint call ...)" is called Innovation Express."""
    short = title.split(" (")[0]
    return (short,) if short != title else ()


def _who(entry: Entry) -> tuple[str, ...]:
    return (entry.who,) if isinstance(entry, Case) else ()


def _statements(entry: Entry) -> Iterator[Statement]:
    if isinstance(entry, Funding):
        for name in ("amount", "duration", "who_could_apply", "run_by"):
            value = getattr(entry, name)
            if value:
                yield Statement(value, entry.citations_of(name), name)
        if entry.pays_for:
            yield Statement(", ".join(entry.pays_for), entry.citations_of("pays_for"), "pays_for")
    elif isinstance(entry, (Network, Tool, Service, Event)) and entry.run_by:
        yield Statement(entry.run_by, entry.citations_of("run_by"), "run_by")
    if isinstance(entry, Guide):
        for part in entry.parts:
            cited = tuple(entry.sources[i - 1] for i in part.cited)
            yield Statement(f"{part.title}: {part.text}", cited, "part")
            for point in part.points:
                yield Statement(point, cited, "point")
    for fact in entry.facts:
        yield Statement(fact.text, tuple(entry.sources[i - 1] for i in fact.cited))
    for name in ("offers", "how"):
        for line in getattr(entry, name, ()):
            yield Statement(line, entry.citations_of(name), name)
    for fact in getattr(entry, "paid_by", ()):
        yield Statement(fact.text, tuple(entry.sources[i - 1] for i in fact.cited), "paid_by")
    for fact in entry.lessons:
        yield Statement(fact.text, tuple(entry.sources[i - 1] for i in fact.cited), "lesson")
    if isinstance(entry, Definition) and entry.credited_to:
        yield Statement(entry.credited_to, entry.citations_of("credited_to"), "credited_to")


# --- the journey -------------------------------------------------------------------------


def items_of_journey(knowledge: JourneyKnowledge) -> Iterator[Item]:
    """The journey's steps, questions, lines, terms, menus, recommendations and rules as items."""
    asks = knowledge.asks
    for step in knowledge.steps.values():
        yield _step(step, asks)
        for question in step.checklist:
            yield _question(question, step, asks)
    for line in knowledge.routes.lines:
        names = (line.name, f"{line.colour} line")
        yield _item(
            line.id, "line", f"{line.name} ({line.colour})", line.what, line, asks, names=names, steps=line.steps,
            statements=(Statement(line.in_waymark, line.sources),),
        )  # fmt: skip
    for term in knowledge.terms:
        said = tuple(Statement(point.text, point.sources) for point in term.facts)
        yield _item(term.id, "term", term.term, term.meaning, term, asks, said, names=(term.term, *term.also_known_as))
    for advice in knowledge.recommendations:
        said = tuple(
            Statement(point.text, point.sources, audience.value)
            for audience in BOTH
            for point in getattr(advice, audience.value)
        )
        yield _item(f"recommendation/{advice.id}", "recommendation", advice.title, advice.what, advice, asks, said)
    yield from _menus(knowledge)
    yield from _rules(knowledge)


def _item(
    id: str,
    type: str,
    title: str,
    summary: str,
    cited: m.Cited,
    asks: dict[str, tuple[str, ...]],
    statements: tuple[Statement, ...] = (),
    *,
    names: tuple[str, ...] = (),
    steps: tuple[str, ...] = (),
    audience: tuple[Audience, ...] = BOTH,
) -> Item:
    citations = dict.fromkeys((*cited.sources, *(c for s in statements for c in s.citations)))
    return Item(
        id=id,
        type=type,
        title=title,
        summary=summary,
        statements=statements,
        citations=tuple(citations),
        asks=asks.get(id, ()),
        names=names or (title,),
        steps=steps,
        audience=audience,
    )


def _step(step: m.Step, asks: dict[str, tuple[str, ...]]) -> Item:
    said = [Statement(text, step.sources) for text in step.overview]
    said += [Statement(step.rationale, step.sources), Statement(step.gate, step.sources)]
    said += [Statement(point.text, point.sources) for point in step.key_points]
    title = f"Step {step.key}: {step.title}" if step.key != "funding" else step.title
    names = (step.title, *step.also_known_as)
    return _item(step.id, "step", title, step.in_short, step, asks, tuple(said), names=names, steps=(step.key,))


def _question(question: m.Question, step: m.Step, asks: dict[str, tuple[str, ...]]) -> Item:
    wordings = [w for a in question.audiences for w in (question.why.of(a), question.when_not_yet.of(a))]
    said = [Statement(text, question.sources) for text in dict.fromkeys(wordings)]
    said += [Statement(text, question.sources, "evidence") for text in question.evidence]
    number = step.title if step.key == "funding" else f"step {step.key}"
    return _item(
        f"question/{question.id}", "question", f"Checklist of {number}: {question.label}",
        question.ask.of(question.audiences[0]), question, asks, tuple(said),
        names=(question.label, *question.also_called), steps=(step.key,), audience=question.audiences,
    )  # fmt: skip


def _all_steps(knowledge: JourneyKnowledge) -> Item:
    """The steps in their order, which no file holds by itself."""
    numbered = [step for step in knowledge.steps.values() if step.key != "funding"]
    said = tuple(Statement(f"Step {step.key}, {step.title}: {step.in_short}", step.sources[:1]) for step in numbered)
    titles = "; ".join(f"{step.key} {step.title.rstrip('?')}" for step in numbered)
    phases = tuple(c for phase in knowledge.frame.phases for c in phase.sources)
    return Item(
        id="journey/steps",
        type="rule",
        title=f"The {len(numbered)} steps of the journey",
        summary=f"{titles}. Utilise funding runs beside all of them.",
        statements=said,
        citations=phases,
        asks=knowledge.asks.get("journey/steps", ()),
        names=("the ten steps", "steps of the journey", "all steps"),
        steps=tuple(step.key for step in numbered),
    )


def _menus(knowledge: JourneyKnowledge) -> Iterator[Item]:
    for audience, menu in knowledge.menus.items():
        for section in menu.sections:
            lines = [item for top in section.items for item in (top, *top.children)]
            said = tuple(Statement(item.text, item.sources, "point") for item in lines)
            who = "a cluster organisation" if audience is Audience.CLUSTER_ORGANISATION else "a policy maker"
            yield _item(
                f"menu/{audience.value.replace('_', '-')}-{section.id}", "menu",
                f"Strategy menu for {who}: {section.title.lower()}", menu.advice, menu, knowledge.asks, said,
                steps=("4",), audience=(audience,),
            )  # fmt: skip


def _rules(knowledge: JourneyKnowledge) -> Iterator[Item]:
    """What the handbook says about the way itself: principles, routes back, what follows a step, the phases."""
    asks = knowledge.asks
    for principle in knowledge.routes.principles:
        title = principle.id.replace("-", " ").capitalize()
        yield _item(f"rule/{principle.id}", "rule", title, principle.text, principle, asks, steps=principle.steps)
    for route in knowledge.routes.routes:
        who = BOTH[0] if route.because.both is None and route.because.cluster_organisation else BOTH[-1]
        told = " ".join(dict.fromkeys((route.say.of(who), route.because.of(who))))
        said = tuple(Statement(p.text, p.sources) for p in route.advice)
        steps = route.to or ("1",)
        yield _item(f"route/{route.id}", "rule", route.title, told, route, asks, said, steps=steps)
    for done in knowledge.routes.completions:
        title = "After Utilise funding" if done.step == "funding" else f"After step {done.step}"
        yield _item(f"after/{done.step}", "rule", title, done.say, done, asks, steps=(done.step,))
    yield _all_steps(knowledge)
    for phase in knowledge.frame.phases:
        steps = phase.steps
        yield _item(f"phase/{phase.key.value}", "rule", f"Phase: {phase.title}", phase.what, phase, asks, steps=steps)
    for audience in knowledge.frame.audiences:
        title = f"For whom: {audience.title}"
        yield _item(f"audience/{audience.key}", "rule", title, audience.what, audience, asks, steps=("1",))
