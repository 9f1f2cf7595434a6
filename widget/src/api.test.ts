import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiClient, ApiError, clientFor } from './api';
import { tokenStore } from './storage';
import { fakeServer, reply, type Answer } from './testing';

/** A server that knows the tokens `session-1`, `session-2` ... in the order it gave them out, and forgets on demand. */
function withSessions(rest: Answer): { answer: Answer; valid: Set<string> } {
  const valid = new Set<string>();
  let given = 0;
  const answer: Answer = (sent) => {
    if (sent.path === '/api/session') {
      const token = `session-${++given}`;
      valid.add(token);
      return { status: 201, body: { token } };
    }
    if (!sent.token || !valid.has(sent.token)) return { status: 401, body: {} };
    return rest(sent);
  };
  return { answer, valid };
}

function client(answer: Answer): { client: ApiClient; server: ReturnType<typeof fakeServer> } {
  const server = fakeServer(answer);
  return { client: new ApiClient('/api', tokenStore('test:token'), server.fetch), server };
}

beforeEach(() => localStorage.clear());

describe('the session', () => {
  it('is opened on the first request, kept, and used from then on', async () => {
    const { client: api, server } = client(withSessions(() => ({ body: { messages: [reply('Hello')] } })).answer);
    await api.chat({ text: 'hi' });
    await api.chat({ payload: '/affirm', title: 'Yes' });
    expect(server.sent.map(({ method, path, token, body }) => [method, path, token, body])).toEqual([
      ['POST', '/api/session', null, null],
      ['POST', '/api/chat', 'session-1', { text: 'hi' }],
      ['POST', '/api/chat', 'session-1', { payload: '/affirm', title: 'Yes' }],
    ]);
    expect(localStorage.getItem('test:token')).toBe('session-1');
  });

  it('is opened once for requests that begin together', async () => {
    const { client: api, server } = client(withSessions(() => ({ body: { messages: [] } })).answer);
    await Promise.all([api.history(), api.journey()]);
    expect(server.sent.filter((sent) => sent.path === '/api/session')).toHaveLength(1);
  });

  it('is replaced once when refused, and the loss is told', async () => {
    localStorage.setItem('test:token', 'stale');
    const { client: api, server } = client(withSessions(() => ({ body: { messages: [reply('Hello')] } })).answer);
    const renewed = vi.fn();
    api.addEventListener('renewed', (event) => renewed((event as CustomEvent).detail));
    const [replies] = await Promise.all([api.chat({ text: 'hi' }), api.journey()]);
    expect(replies[0]?.text).toBe('Hello');
    expect(server.sent.filter((sent) => sent.path === '/api/session')).toHaveLength(1);
    expect(renewed.mock.calls).toEqual([[{ lost: true }]]);
  });

  it('gives up when the new one is refused as well', async () => {
    const { client: api, server } = client((sent) =>
      sent.path === '/api/session'
        ? { status: 201, body: { token: 'new' } }
        : { status: 401, body: { error: { code: 'x', message: 'No.' } } },
    );
    await expect(api.history()).rejects.toMatchObject({ message: 'No.', status: 401 });
    expect(server.sent).toHaveLength(4);
  });

  it('lives in memory where the browser keeps nothing', async () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new Error('blocked');
    });
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('blocked');
    });
    const store = tokenStore('blocked');
    expect(store.read()).toBeNull();
    store.write('kept');
    expect(store.read()).toBe('kept');
  });
});

describe('a failure', () => {
  it.each([
    [{ status: 422, body: { error: { code: 'too_long', message: 'Too long.' } } }, 'Too long.', false],
    [{ status: 413, body: { detail: { message: 'Too big.' } } }, 'Too big.', false],
    [{ status: 429, body: { error: { message: 'Wait a minute.' } } }, 'Wait a minute.', true],
    [{ status: 422, body: { detail: [{ loc: ['body'] }] } }, 'Something went wrong at our end.', false],
    [{ status: 502 }, 'Something went wrong at our end.', true],
    [{ status: 200 }, 'Something went wrong at our end.', true],
    ['lost' as const, 'Waymark could not be reached. Check your connection.', true],
  ])('%j', async (given, message, retriable) => {
    localStorage.setItem('test:token', 'kept');
    const { client: api } = client(() => given);
    const error: unknown = await api.chat({ text: 'hi' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ message, retriable });
  });
});

it('takes what is missing or misshapen in a reply as empty', async () => {
  const { client: api } = client(
    withSessions(() => ({
      body: {
        messages: [
          { text: 'Only text' },
          {
            text: 'Odd',
            buttons: [[{ title: 'No payload' }], 'x'],
            citations: [{ n: 2, source: 'tactics', title: 'TACTICS handbook', where: 'Step 1', lines: '4' }, 7],
            progress: { step: '1', title: 'Why', question: 9, of: 3 },
            image: { url: 'javascript:alert(1)', alt: 'x' },
          },
        ],
      },
    })).answer,
  );
  expect(await api.chat({ text: 'hi' })).toEqual([
    reply('Only text'),
    reply('Odd', [], {
      citations: [{ n: 2, title: 'TACTICS handbook', where: 'Step 1' }],
      progress: { step: '1', title: 'Why', question: 3, of: 3 },
    }),
  ]);
});

it('is shared by the components of one page', () => {
  expect(clientFor('/api/', 'waymark')).toBe(clientFor('/api', 'waymark'));
  expect(clientFor('/api', 'other')).not.toBe(clientFor('/api', 'waymark'));
});
