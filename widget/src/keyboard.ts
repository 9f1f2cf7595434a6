/** Moving with the arrow keys inside things that are one tab stop. */

/** The index a key leads to in a list of `count`, or null where the key is not one of its own. It stops at the ends. */
export function moveTo(key: string, from: number, count: number, axis: 'vertical' | 'both'): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const sideways = axis === 'both';
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowUp' || (sideways && key === 'ArrowLeft')) return Math.max(0, from - 1);
  if (key === 'ArrowDown' || (sideways && key === 'ArrowRight')) return Math.min(last, from + 1);
  return null;
}

/** Enter sends; with Shift it starts a new line, and while an input method composes it belongs to that. */
export function sends(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing'>): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing;
}

/**
 * Where a key leads from `target` in the transcript: arrows move between messages, inside a message between its
 * choices or its links; Enter goes into a message's links; Escape leads out, from a link to its message and from
 * anywhere else to the input. Null where the key keeps its ordinary meaning.
 */
export function leadsTo(
  key: string,
  target: HTMLElement,
  messages: readonly HTMLElement[],
  input: HTMLElement | null,
): HTMLElement | null {
  const message = target.closest<HTMLElement>('article');
  if (!message) return null;
  const onLink = target.matches('a');
  if (key === 'Escape') return onLink ? message : input;
  if (target === message) {
    if (key === 'Enter') return message.querySelector<HTMLElement>('a');
    return among(messages, key, target, 'vertical');
  }
  if (onLink) return among([...message.querySelectorAll<HTMLElement>('a')], key, target, 'both');
  if (target.matches('.choice')) return among(choicesBeside(target), key, target, 'both');
  return null;
}

export function choicesBeside(choice: HTMLElement): HTMLElement[] {
  return [...(choice.closest('.choices')?.querySelectorAll<HTMLElement>('.choice') ?? [])];
}

function among(
  elements: readonly HTMLElement[],
  key: string,
  from: HTMLElement,
  axis: 'vertical' | 'both',
): HTMLElement | null {
  const to = moveTo(key, elements.indexOf(from), elements.length, axis);
  return to === null ? null : (elements[to] ?? null);
}
