/** What the tests share: a server that says what it is told to, and replies to say it with. */
import type { Reply } from './types';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly body: unknown;
}

type Given = { status?: number; body?: unknown } | 'lost';
export type Answer = (sent: Sent) => Given | Promise<Given>;

export interface FakeServer {
  readonly fetch: typeof fetch;
  readonly sent: Sent[];
  answer: Answer;
}

export function fakeServer(answer: Answer): FakeServer {
  const sent: Sent[] = [];
  const server: FakeServer = {
    sent,
    answer,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      const request: Sent = {
        method: init?.method ?? 'GET',
        path: String(input),
        token: headers.get('Authorization')?.replace('Bearer ', '') ?? null,
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : null,
      };
      sent.push(request);
      const given = await server.answer(request);
      if (given === 'lost') throw new TypeError('network');
      return new Response(given.body === undefined ? 'not json' : JSON.stringify(given.body), {
        status: given.status ?? 200,
      });
    },
  };
  return server;
}

export function reply(text: string, titles: readonly string[] = [], more: Partial<Reply> = {}): Reply {
  const row = titles.map((title) => ({ title, payload: `/say{"words":"${title}"}` }));
  return { text, buttons: row.length > 0 ? [row] : [], citations: [], progress: null, image: null, ...more };
}

/** Waits until something holds; the components do their work in promises and renderings of their own. */
export async function until(holds: () => boolean): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`never came true: ${holds}`);
}
