import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ANNOUNCEMENT_MS } from './announcer';
import type { WaymarkChat } from './chat';
import './main';
import { fakeServer, reply, until, type Answer, type FakeServer } from './testing';

let server: FakeServer;
let chat: WaymarkChat;
let pages = 0;

const inside = <T extends HTMLElement>(selector: string): T[] => [
  ...(chat.shadowRoot?.querySelectorAll<T>(selector) ?? []),
];
const one = <T extends HTMLElement>(selector: string): T => {
  const found = inside<T>(selector)[0];
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const texts = (selector: string): string[] =>
  inside(selector).map((el) => el.textContent?.replace(/\s+/g, ' ').trim() ?? '');
const button = (title: string): HTMLElement => {
  const found = inside('button').filter((el) => el.textContent?.includes(title)).at(-1);
  if (!found) throw new Error(`no button ${title}`);
  return found;
};

const usual: Answer = ({ path, body }) => {
  if (path.endsWith('/session')) return { status: 201, body: { token: 't' } };
  if (path.endsWith('/chat')) return { body: { messages: [reply(`You sent ${JSON.stringify(body)}`, ['Next'])] } };
  return { body: { messages: [], greeting: reply('Hello', ['Yes', 'No']) } };
};

async function open(answer: Answer = usual): Promise<void> {
  server = fakeServer(answer);
  vi.stubGlobal('fetch', server.fetch);
  chat = document.createElement('waymark-chat') as WaymarkChat;
  // Clients are shared by storage key: each test is a page of its own.
  chat.storageKey = `page-${++pages}`;
  document.body.append(chat);
  await until(() => inside('article, .failure').length > 0);
}

function type(text: string, init: KeyboardEventInit = {}): void {
  const input = one<HTMLTextAreaElement>('textarea');
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }));
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  chat.remove();
  vi.unstubAllGlobals();
});

describe('on opening', () => {
  it('shows the greeting, sends nothing and announces nothing', async () => {
    await open();
    expect(texts('.bubble')).toEqual(['Hello']);
    expect(server.sent.some((sent) => sent.path.endsWith('/chat'))).toBe(false);
    expect(one('.live').childElementCount).toBe(0);
  });

  it('shows what was said before, with what was chosen', async () => {
    await open((sent) =>
      sent.path.endsWith('/history')
        ? {
            body: {
              messages: [
                { id: 1, from: 'waymark', at: '', reply: reply('Ready?', ['Yes', 'No']) },
                { id: 2, from: 'you', at: '', text: 'Yes' },
                { id: 3, from: 'waymark', at: '', reply: reply('Then on.', ['Next']) },
              ],
              greeting: reply('Hello'),
            },
          }
        : usual(sent),
    );
    expect(texts('.bubble')).toEqual(['Ready?', 'Yes', 'Then on.']);
    expect(texts('.choice.chosen')).toEqual(['✓ Yes']);
    expect(texts('.choices .hidden')).toEqual(['You chose Yes.']);
    expect(inside('[aria-disabled="false"].choice')).toHaveLength(1);
    expect(one('.live').childElementCount).toBe(0);
  });

  it('offers to try again when the server is away, and then goes on', async () => {
    await open(() => 'lost');
    expect(texts('.failure span')).toEqual(['Waymark could not be reached. Check your connection.']);
    const again = button('Try again');
    server.answer = usual;
    again.click();
    await until(() => inside('article').length === 1);
    expect(again.isConnected).toBe(true);
    expect(again.textContent?.trim()).toBe('Connected');
    expect(again.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('sending', () => {
  it('puts the words in, then the reply, and tells the page', async () => {
    await open();
    const turn = vi.fn();
    document.addEventListener('waymark-turn', turn, { once: true });
    type('hi <b>there</b>');
    await until(() => inside('article').length === 3);
    expect(texts('.you .bubble')).toEqual(['hi <b>there</b>']);
    expect(inside('.bubble b')).toHaveLength(0);
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('');
    expect(turn).toHaveBeenCalledOnce();
  });

  it.each([{ shiftKey: true }, { isComposing: true }])('does not happen on Enter with %j', async (init) => {
    await open();
    type('hi', init);
    await chat.updateComplete;
    expect(inside('article')).toHaveLength(1);
  });

  it('keeps what is typed while an answer is on its way', async () => {
    await open();
    let release = (): void => undefined;
    server.answer = (sent) => new Promise((resolve) => (release = () => resolve(usual(sent))));
    type('first');
    await until(() => inside('.you').length === 1);
    type('second');
    expect(one<HTMLTextAreaElement>('textarea').value).toBe('second');
    await until(() => inside('.typing').length === 1);
    expect(texts('[role=status]')).toEqual(['Waymark is writing']);
    release();
    await until(() => inside('article').length === 3);
    expect(inside('.typing')).toHaveLength(0);
    expect(texts('.you')).toEqual(['You said: first']);
  });

  it('shows how much room is left near the end', async () => {
    await open();
    const input = one<HTMLTextAreaElement>('textarea');
    expect(input.getAttribute('maxlength')).toBe('2000');
    expect(texts('#count')).toEqual(['']);
    input.value = 'x'.repeat(1_950);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await chat.updateComplete;
    expect(texts('#count')).toEqual(['50 characters left']);
    expect(texts('.live div')).toEqual(['50 characters left']);
  });
});

describe('a choice', () => {
  it('is sent as payload and title, and closes the others without taking anything away', async () => {
    await open();
    const [yes, no] = inside('.choice');
    yes?.focus();
    yes?.click();
    no?.click();
    await until(() => inside('article').length === 3);
    expect(server.sent.filter((sent) => sent.path.endsWith('/chat')).map((sent) => sent.body)).toEqual([
      { title: 'Yes', payload: '/say{"words":"Yes"}' },
    ]);
    expect(yes?.isConnected && no?.isConnected).toBe(true);
    expect([yes, no].map((el) => el?.getAttribute('aria-disabled'))).toEqual(['true', 'true']);
    expect(yes?.hasAttribute('disabled')).toBe(false);
    expect(chat.shadowRoot?.activeElement).toBe(yes);
    expect(texts('.closed .hidden')).toEqual(['You chose Yes.']);
    expect(texts('.choices:not(.closed) .choice')).toEqual(['Next']);
  });
});

describe('announcements', () => {
  it('are one element for each message, gone after a second', async () => {
    await open((sent) =>
      sent.path.endsWith('/chat')
        ? { body: { messages: [reply('**First**.'), reply('Second?', ['Yes', 'No'])] } }
        : usual(sent),
    );
    type('hi');
    await until(() => inside('.live div').length === 3);
    expect(texts('.live div')).toEqual([
      'You said: hi',
      'Waymark said: First.',
      'Waymark said: Second? Choices: Yes, No.',
    ]);
    await new Promise((resolve) => setTimeout(resolve, ANNOUNCEMENT_MS + 100));
    expect(one('.live').childElementCount).toBe(0);
  });
});

describe('the keyboard', () => {
  it('finds one tab stop in the messages, moves with arrows, and Escape returns to the input', async () => {
    await open();
    type('hi');
    await until(() => inside('article').length === 3);
    const stops = (): number[] => inside('article').map((article) => article.tabIndex);
    expect(stops()).toEqual([-1, -1, 0]);
    const press = (key: string): void => {
      chat.shadowRoot?.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    };
    inside('article')[2]?.focus();
    press('ArrowUp');
    await chat.updateComplete;
    expect(chat.shadowRoot?.activeElement).toBe(inside('article')[1]);
    expect(stops()).toEqual([-1, 0, -1]);
    press('Escape');
    expect(chat.shadowRoot?.activeElement).toBe(one('textarea'));
  });
});

describe('a failure', () => {
  it('keeps the words and sends them again from the same place', async () => {
    let away = true;
    await open((sent) => (sent.path.endsWith('/chat') && away ? 'lost' : usual(sent)));
    type('important');
    await until(() => inside('.failure').length === 1);
    expect(texts('.failure span')).toEqual(['Not sent. Waymark could not be reached. Check your connection.']);
    expect(inside('.choice')[0]?.getAttribute('aria-disabled')).toBe('false');
    away = false;
    const again = button('Try again');
    again.focus();
    again.click();
    await until(() => inside('article').length === 3);
    expect(texts('.you .bubble')).toEqual(['important']);
    expect(texts('.bubble').at(-1)).toBe('You sent {"text":"important"}');
    expect(chat.shadowRoot?.activeElement).toBe(again);
    expect(again.textContent?.trim()).toBe('Sent');
  });

  it('with a reason from the server shows it, without sending the same again where that cannot help', async () => {
    const body = { error: { code: 'too_long', message: 'A message can have 2,000 characters at most.' } };
    await open((sent) => (sent.path.endsWith('/chat') ? { status: 422, body } : usual(sent)));
    type('long');
    await until(() => inside('.failure').length === 1);
    expect(texts('.failure')).toEqual(['Not sent. A message can have 2,000 characters at most.']);
    expect(inside('.failure button')).toHaveLength(0);
  });

  it('of the session begins a new one, says so, and answers all the same', async () => {
    await open();
    let refused = false;
    server.answer = (sent) => {
      if (!sent.path.endsWith('/chat') || refused) return usual(sent);
      refused = true;
      return { status: 401, body: {} };
    };
    // A server gives no token twice.
    const before = server.answer;
    server.answer = (sent) => (sent.path.endsWith('/session') ? { status: 201, body: { token: 'new' } } : before(sent));
    type('still there?');
    await until(() => inside('article').length === 4);
    expect(texts('.note div')).toEqual([
      'Your earlier conversation is no longer kept on the server, so this is a new one.',
    ]);
    expect(texts('.bubble').at(-1)).toBe('You sent {"text":"still there?"}');
  });
});

it('shows progress and sources', async () => {
  await open((sent) =>
    sent.path.endsWith('/history')
      ? {
          body: {
            messages: [],
            greeting: reply('Evidence?¹', [], {
              progress: { step: '1', title: 'Why internationalise?', question: 2, of: 3 },
              citations: [{ n: 1, title: 'TACTICS handbook', where: 'Step 1, checklist' }],
            }),
          },
        }
      : usual(sent),
  );
  expect(texts('.progress')).toEqual(['Step 1 of 10 · Why internationalise? · question 2 of 3']);
  expect(inside('.bar span').map((el) => el.className)).toEqual(['done', 'now', '']);
  expect(texts('.sources div')).toEqual(['¹ TACTICS handbook, Step 1, checklist']);
});
