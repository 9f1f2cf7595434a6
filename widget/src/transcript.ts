/**
 * The transcript as data: what stands in it, which choices are still open, and what was chosen.
 *
 * Items are only ever added or replaced in place, never taken out, so that an element in focus always stays.
 */
import type { Choice, History, Outgoing, Reply } from './types';

export interface YouItem {
  readonly kind: 'you';
  readonly key: number;
  readonly outgoing: Outgoing;
  readonly status: 'sending' | 'sent' | 'failed';
  /** Why it failed the last time, kept once it has been sent after all, since its button stays in place. */
  readonly failure: { readonly message: string; readonly retriable: boolean } | null;
}

export interface ReplyItem {
  readonly kind: 'reply';
  readonly key: number;
  readonly reply: Reply;
}

/** A remark of the widget itself. */
export interface NoteItem {
  readonly kind: 'note';
  readonly key: number;
  readonly text: string;
}

export type Item = YouItem | ReplyItem | NoteItem;
export type Items = readonly Item[];

type Draft<T extends Item> = Omit<T, 'key'>;

export function append(items: Items, ...added: (Draft<YouItem> | Draft<ReplyItem> | Draft<NoteItem>)[]): Items {
  const next = Math.max(0, ...items.map((item) => item.key)) + 1;
  return [...items, ...added.map((item, index) => ({ ...item, key: next + index }) as Item)];
}

export function update(items: Items, key: number, change: Partial<Draft<YouItem>>): Items {
  return items.map((item) => (item.key === key && item.kind === 'you' ? { ...item, ...change } : item));
}

/** Puts in what was said before, or the greeting where nothing was; it belongs before what has been sent meanwhile. */
export function withHistory(items: Items, history: History): Items {
  const greeting = history.greeting ? [{ kind: 'reply', reply: history.greeting } as const] : [];
  const said = history.messages.map((entry) =>
    entry.from === 'you'
      ? ({ kind: 'you', outgoing: { text: entry.text }, status: 'sent', failure: null } as const)
      : ({ kind: 'reply', reply: entry.reply } as const),
  );
  const all = append(items, ...(said.length > 0 ? said : greeting));
  const sent = items.findIndex((item) => item.kind === 'you');
  const place = sent < 0 ? items.length : sent;
  return [...items.slice(0, place), ...all.slice(items.length), ...items.slice(place)];
}

/** What a person said in answer to the item at `index`; what never reached the server answers nothing. */
function answerTo(items: Items, index: number): YouItem | undefined {
  return items.slice(index + 1).find((item): item is YouItem => item.kind === 'you' && item.status !== 'failed');
}

export type ChoiceState =
  | { readonly open: true }
  | { readonly open: false; readonly chosen: Choice | null };

/** Choices are open under the last turn's replies; once there is an answer they are closed, and one may be chosen. */
export function choiceState(items: Items, index: number): ChoiceState {
  const item = items[index];
  const answer = answerTo(items, index);
  if (!answer) return { open: true };
  const buttons = item?.kind === 'reply' ? item.reply.buttons.flat() : [];
  const outgoing = answer.outgoing;
  // History holds only words, and a choice may be typed as well: then the title tells.
  const chosen = buttons.find((button) =>
    'payload' in outgoing
      ? button.payload === outgoing.payload
      : button.title.toLowerCase() === outgoing.text.trim().toLowerCase(),
  );
  return { open: false, chosen: chosen ?? null };
}

/** Only what was said last can be sent again: an older one would land in a conversation that has moved on. */
export function canRetry(items: Items, item: YouItem): boolean {
  const last = items.findLast((other) => other.kind === 'you');
  return item.status === 'failed' && item.failure?.retriable === true && last?.key === item.key;
}
