import { parseHistory, parseJourney, parseReplies } from './parse';
import { tokenStore, type TokenStore } from './storage';
import type { History, Journey, Outgoing, Reply } from './types';

/** After this long a request counts as lost; the slowest answers take a few seconds. */
const TIMEOUT_MS = 30_000;

const STATUS_UNAUTHORISED = 401;
const STATUS_TOO_MANY = 429;
const STATUS_SERVER = 500;

const LOST = 'Waymark could not be reached. Check your connection.';
const BROKEN = 'Something went wrong at our end.';

/** A request that failed, in words a person can read, and whether sending the same again could help. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly retriable: boolean,
    readonly status: number | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/**
 * Speaks with one server for one conversation.
 *
 * The chat and the journey of a page share a client (see `clientFor`), so that a session that is missing or refused is
 * replaced once, whoever notices first. It then dispatches `renewed`, with `lost` true where there had been a session.
 */
export class ApiClient extends EventTarget {
  #renewal: Promise<string> | null = null;

  constructor(
    readonly base: string,
    readonly store: TokenStore,
    readonly send: typeof fetch = (...args) => fetch(...args),
  ) {
    super();
  }

  async chat(outgoing: Outgoing): Promise<Reply[]> {
    return parseReplies(await this.#authorised('/chat', { method: 'POST', body: JSON.stringify(outgoing) }));
  }

  async history(): Promise<History> {
    return parseHistory(await this.#authorised('/history'));
  }

  async journey(): Promise<Journey> {
    return parseJourney(await this.#authorised('/journey'));
  }

  async #authorised(path: string, init: RequestInit = {}): Promise<unknown> {
    const token = this.store.read() ?? (await this.#renew(null));
    try {
      return await this.#request(path, init, token);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== STATUS_UNAUTHORISED) throw error;
      return this.#request(path, init, await this.#renew(token));
    }
  }

  /** Replaces the session whose token was refused, unless another request has done so meanwhile. */
  async #renew(refused: string | null): Promise<string> {
    const current = this.store.read();
    if (current !== null && current !== refused) return current;
    this.#renewal ??= this.#openSession(refused !== null).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #openSession(lost: boolean): Promise<string> {
    const body = await this.#request('/session', { method: 'POST' }, null);
    const token = (body as { token?: unknown } | null)?.token;
    if (typeof token !== 'string' || !token) throw new ApiError(BROKEN, true);
    this.store.write(token);
    this.dispatchEvent(new CustomEvent('renewed', { detail: { lost } }));
    return token;
  }

  async #request(path: string, init: RequestInit, token: string | null): Promise<unknown> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (init.body !== undefined) headers['Content-Type'] = 'application/json';
    if (token !== null) headers['Authorization'] = `Bearer ${token}`;
    let response: Response;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      response = await this.send(this.base + path, { ...init, headers, signal });
    } catch {
      throw new ApiError(LOST, true);
    }
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) throw refusal(response.status, body);
    if (body === null) throw new ApiError(BROKEN, true);
    return body;
  }
}

/** The server's own words where it gave some; the same message is worth sending again only if time may mend it. */
function refusal(status: number, body: unknown): ApiError {
  const retriable = status === STATUS_TOO_MANY || status >= STATUS_SERVER;
  return new ApiError(messageIn(body) ?? BROKEN, retriable, status);
}

function messageIn(body: unknown): string | null {
  const { error, detail } = (body ?? {}) as { error?: unknown; detail?: unknown };
  for (const part of [error, detail]) {
    const message = typeof part === 'string' ? part : (part as { message?: unknown } | null | undefined)?.message;
    if (typeof message === 'string' && message) return message;
  }
  return null;
}

const clients = new Map<string, ApiClient>();

/** The one client of this page for a server and a storage key. */
export function clientFor(api: string, storageKey: string): ApiClient {
  const base = api.replace(/\/+$/, '');
  const id = JSON.stringify([base, storageKey]);
  let client = clients.get(id);
  if (!client) {
    client = new ApiClient(base, tokenStore(`${storageKey}:token`));
    clients.set(id, client);
  }
  return client;
}
