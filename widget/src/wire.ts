/**
 * Joins the components of one page: a journey that names a conversation with `for` hands it what it sends and is
 * reloaded after each of its replies. Listening at the document serves components that are added later as well.
 */
import type { WaymarkChat } from './chat';
import type { WaymarkJourney } from './journey';
import type { Outgoing } from './types';

type Root = Document | ShadowRoot;

/** The component that dispatched the event and the tree it stands in, also where that is a shadow tree. */
function origin(event: Event): { element: Element; root: Root } | null {
  const element = event.composedPath()[0];
  if (!(element instanceof Element)) return null;
  const root = element.getRootNode();
  return 'getElementById' in root ? { element, root: root as Root } : null;
}

function onSend(event: Event): void {
  const from = origin(event);
  const id = from?.element.getAttribute('for');
  const chat = id ? from?.root.getElementById(id) : null;
  if (chat?.localName !== 'waymark-chat') return;
  void (chat as WaymarkChat).send((event as CustomEvent<Outgoing>).detail);
}

function onTurn(event: Event): void {
  const from = origin(event);
  if (!from?.element.id) return;
  for (const journey of from.root.querySelectorAll<WaymarkJourney>('waymark-journey')) {
    if (journey.getAttribute('for') === from.element.id) void journey.reload();
  }
}

export function wireComponents(page: Document = document): void {
  page.addEventListener('waymark-send', onSend);
  page.addEventListener('waymark-turn', onTurn);
}

/**
 * Makes a button with `data-waymark-discloses` open and close the element its `aria-controls` names, by setting
 * `data-open` on it; the page's style sheet decides what that means at which width.
 *
 * It closes again on Escape, when a step was chosen, and when the focus moves on to what it covers. In the first two
 * cases the focus was inside and returns to the button, since what is hidden cannot keep it.
 */
export function wireDisclosures(page: Document = document): void {
  for (const button of page.querySelectorAll<HTMLElement>('[data-waymark-discloses]')) {
    const panel = page.getElementById(button.getAttribute('aria-controls') ?? '');
    if (panel) disclose(button, panel, page);
  }
}

function disclose(button: HTMLElement, panel: HTMLElement, page: Document): void {
  const isOpen = (): boolean => button.getAttribute('aria-expanded') === 'true';
  const set = (open: boolean): void => {
    button.setAttribute('aria-expanded', String(open));
    panel.toggleAttribute('data-open', open);
  };
  const back = (): void => {
    if (!isOpen()) return;
    button.focus();
    set(false);
  };
  button.addEventListener('click', () => set(!isOpen()));
  panel.addEventListener('waymark-send', back);
  for (const element of [button, panel]) {
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') back();
    });
  }
  page.addEventListener('focusin', ({ target }) => {
    if (target instanceof Node && !panel.contains(target) && !button.contains(target)) set(false);
  });
}
