import { describe, expect, it } from 'vitest';
import { reply } from './testing';
import { append, canRetry, choiceState, update, withHistory, type Items, type YouItem } from './transcript';

const yes = { title: 'Yes', payload: '/say{"words":"Yes"}' };
const asked = append([], { kind: 'reply', reply: reply('Ready?', ['Yes', 'No']) });

function said(items: Items, status: YouItem['status'] = 'sent', text = 'Yes'): Items {
  const failure = status === 'failed' ? { message: 'Lost.', retriable: true } : null;
  return append(items, { kind: 'you', outgoing: { text }, status, failure });
}

describe('history', () => {
  it('is the greeting where nothing was said', () => {
    const items = withHistory([], { messages: [], greeting: reply('Hello', ['Yes']) });
    expect(items).toMatchObject([{ kind: 'reply', reply: { text: 'Hello' } }]);
    expect(choiceState(items, 0)).toEqual({ open: true });
  });

  it('comes back in its order, choices answered and the last ones open', () => {
    const items = withHistory([], {
      messages: [
        { from: 'waymark', reply: reply('Ready?', ['Yes', 'No']) },
        { from: 'you', text: 'Yes' },
        { from: 'waymark', reply: reply('Go on?', ['Yes']) },
      ],
      greeting: reply('Hello'),
    });
    expect(items.map((item) => item.kind)).toEqual(['reply', 'you', 'reply']);
    expect(choiceState(items, 0)).toEqual({ open: false, chosen: yes });
    expect(choiceState(items, 2)).toEqual({ open: true });
  });

  it('that comes late stands before what was sent meanwhile, and no key comes twice', () => {
    const items = withHistory(said([]), { messages: [{ from: 'you', text: 'earlier' }], greeting: null });
    expect(items.map((item) => item.kind === 'you' && item.outgoing)).toEqual([{ text: 'earlier' }, { text: 'Yes' }]);
    const keys = append(items, { kind: 'note', text: 'x' }).map((item) => item.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('choices', () => {
  it('close with an answer on its way, and the chosen one is known by its payload', () => {
    const items = append(asked, { kind: 'you', outgoing: yes, status: 'sending', failure: null });
    expect(choiceState(items, 0)).toEqual({ open: false, chosen: yes });
  });

  it.each([['yes ', yes], ['not sure', null]])('typed: %j', (text, chosen) => {
    expect(choiceState(said(asked, 'sent', text), 0)).toEqual({ open: false, chosen });
  });

  it('stay open when the answer did not arrive', () => {
    expect(choiceState(said(asked, 'failed'), 0)).toEqual({ open: true });
  });

  it('of an earlier turn are not marked by a later answer', () => {
    const items = said(append(said(asked, 'sent', 'No'), { kind: 'reply', reply: reply('Sure?', ['Yes']) }));
    expect(choiceState(items, 0)).toMatchObject({ open: false, chosen: { title: 'No' } });
    expect(choiceState(items, 2)).toMatchObject({ open: false, chosen: { title: 'Yes' } });
  });
});

describe('sending again', () => {
  it('is for the last thing said, while it has failed', () => {
    const items = said(said([], 'failed'), 'failed');
    const [first, second] = items as YouItem[];
    expect(first && canRetry(items, first)).toBe(false);
    expect(second && canRetry(items, second)).toBe(true);
    const sent = update(items, 2, { status: 'sent' });
    expect(canRetry(sent, sent[1] as YouItem)).toBe(false);
  });

  it('is not for what would be refused again', () => {
    const items = append([], {
      kind: 'you', outgoing: { text: 'x' }, status: 'failed', failure: { message: 'Too long.', retriable: false },
    });
    expect(canRetry(items, items[0] as YouItem)).toBe(false);
  });
});
