"""Looking things up in the journey's own texts: terms, strategy menus, recommendations, examples and tools."""

from __future__ import annotations

from actions.composing import Composer, text
from actions.context import passages
from actions.onboarding import role_word
from actions.skill import Ctx, skill
from actions.thread import offer_way_on, pick_up, step_name
from assistant.knowledge import models as m

_TERM_AT_LEAST = 0.55
"""Similarity below which a term of the glossary is not the one asked for."""
_PASSAGE_AT_LEAST = 0.42
"""Similarity below which an example or a tool does not answer a question."""


@skill("action_define_term")
def define_term(ctx: Ctx) -> None:
    """Explains a word from the glossary, or names the nearest."""
    named = ctx.entity("term")
    term, score = passages().term(named or ctx.text)
    composer = ctx.reply()
    if term is None or (named is None and score < _TERM_AT_LEAST):
        if not _example(ctx, composer, _TERM_AT_LEAST):
            composer.say("lookup.term_unknown")
            for near in passages().nearest_terms(ctx.text, 4):
                composer.button(near.term, "define_term", term=near.term)
        _close(ctx, composer)
        return
    key = "lookup.term_credited" if term.credited_to else "lookup.term"
    composer.say(key, term=term.term, author=term.credited_to, meaning=term.meaning, cite=term.sources[:1])
    _close(ctx, composer)


def _close(ctx: Ctx, composer: Composer) -> None:
    """The way on: what was open, or what can be done."""
    if ctx.focus is None:
        offer_way_on(ctx, composer)
    else:
        pick_up(ctx)


@skill("action_ask_knowledge")
def ask_knowledge(ctx: Ctx) -> None:
    """The nearest example or tool that the journey's texts hold, or the plain word that there is none."""
    composer = ctx.reply()
    if not _example(ctx, composer, _PASSAGE_AT_LEAST):
        composer.say("lookup.nothing")
        key = ctx.entity("step") or ctx.state.current or "1"
        composer.button(text("journey.button_examples"), "explain_step", step=key, part="examples")
        composer.button(text("journey.button_tools"), "explain_step", step=key, part="tools")
    _close(ctx, composer)


def _example(ctx: Ctx, composer: Composer, at_least: float) -> bool:
    found = passages().find(ctx.text, step=ctx.entity("step"))
    if found is None or found.score < at_least:
        return False
    composer.say("lookup.found", step=step_name(ctx, found.step))
    if isinstance(found.passage, m.Example):
        composer.say(
            "lookup.example", title=found.passage.title, what=found.passage.what, cite=found.passage.sources[:1]
        )
    else:
        composer.say("lookup.tool", name=found.passage.name, what=found.passage.what, cite=found.passage.sources[:1])
    if found.about_money:
        composer.say("lookup.money_note")
    composer.button(text("journey.button_examples"), "explain_step", step=found.step, part="examples")
    return True


@skill("action_show_menu")
def show_menu(ctx: Ctx) -> None:
    """What a strategy and action plan can contain: a menu to choose from, section by section."""
    menu = ctx.knowledge.menus[ctx.audience]
    wanted = ctx.entity("section")
    section = next((s for s in menu.sections if s.id == wanted), None)
    composer = ctx.reply()
    if section is None:
        composer.say("lookup.menu_head", title=menu.title, advice=menu.advice, cite=menu.sources[:1])
    else:
        composer.say("lookup.menu_section", title=section.title)
        for item in section.items:
            composer.line(f"- {item.text}")
            for child in item.children:
                composer.line(f"  - {child.text}")
        composer.marked(section.items[0].sources[:1])
    for other in menu.sections:
        if other is not section:
            composer.button(other.title, "show_menu", section=other.id)
    if section is not None:
        _close(ctx, composer)
    elif ctx.begun:
        composer.button(text("small.continue"), "continue")
    else:
        composer.button(text("onboarding.button_next"), "what_next")


@skill("action_recommendations")
def recommendations(ctx: Ctx) -> None:
    """The handbook's five recommendations, and what each asks of this audience."""
    wanted = ctx.entity("recommendation")
    chosen = next((r for r in ctx.knowledge.recommendations if r.id == wanted), None)
    composer = ctx.reply()
    if chosen is None:
        composer.say("lookup.recommendations_head", role=role_word(ctx.audience))
        for each in ctx.knowledge.recommendations:
            composer.line(f"{each.number}. {each.title}", each.sources[:1])
            composer.button(str(each.number), "recommendations", recommendation=each.id)
        composer.button(text("small.continue"), "continue")
        return
    composer.say("lookup.recommendation", title=chosen.title, what=chosen.what, cite=chosen.sources[:1])
    composer.say("lookup.recommendation_do", role=role_word(ctx.audience))
    for point in getattr(chosen, ctx.audience.value):
        composer.line(f"- {point.text}", point.sources[:1])
    _close(ctx, composer)
