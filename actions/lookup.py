"""Looking things up that have a place of their own: terms, strategy menus, the handbook's recommendations."""

from __future__ import annotations

from actions.composing import text
from actions.consult import answer_from_sources, buttons_for, close, remember
from actions.context import library
from actions.onboarding import role_word
from actions.skill import Ctx, skill
from actions.telling import in_short


@skill("action_define_term")
def define_term(ctx: Ctx) -> None:
    """Says what a word means: a term first of all, but a network or a programme has its own entry."""
    named = ctx.entity("term")
    if named in library():
        composer = ctx.reply()
        item = library().item(str(named))
        in_short(composer, item)
        remember(ctx, item, (item,))
        buttons_for(composer, item)
        close(ctx, composer)
        return
    answer_from_sources(ctx, ctx.text, wanted="term")


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
        close(ctx, composer)
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
    close(ctx, composer)
