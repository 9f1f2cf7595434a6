import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Announcer } from './announcer';
import { ApiError, clientFor, type ApiClient } from './api';
import { chatStyles } from './chat-styles';
import { retryButton, transcriptView, typingView } from './chat-view';
import { choicesBeside, leadsTo, sends } from './keyboard';
import { theme } from './theme';
import { append, update, withHistory, type Items, type YouItem } from './transcript';
import type { Choice, Outgoing, Reply } from './types';
import { announcementOf } from './words';

/** The server takes no longer message than this. */
export const MAX_LENGTH = 2_000;

/** How many characters before the end the counter shows, and at how many left it is announced. */
const COUNTER_FROM = 200;
const COUNTER_SPOKEN = [200, 50, 0];

/** An answer that comes sooner needs no sign of waiting; dots that flash up are worse than none. */
const TYPING_AFTER_MS = 300;

/** Space left above the message that is scrolled to. */
const SCROLL_MARGIN = 16;

const SESSION_LOST = 'Your earlier conversation is no longer kept on the server, so this is a new one.';

/**
 * The conversation, as `<waymark-chat api="/api" storage-key="waymark">`.
 *
 * Focus never moves by itself and no element is taken away while it may be in focus: what is over and done with is
 * disabled in place. New messages are announced through a live region of their own (`announcer.ts`).
 */
export class WaymarkChat extends LitElement {
  static override readonly styles = [theme, chatStyles];
  static override readonly properties = {
    api: {},
    storageKey: { attribute: 'storage-key' },
    _items: { state: true },
    _pending: { state: true },
    _typing: { state: true },
    _load: { state: true },
    _failure: { state: true },
    _stop: { state: true },
    _choice: { state: true },
    _length: { state: true },
  };

  declare api: string;
  declare storageKey: string;
  declare private _items: Items;
  /** How many turns were sent and have no answer yet. */
  declare private _pending: number;
  declare private _typing: boolean;
  /** How the first loading of the history stands, in the words of a message sent. */
  declare private _load: YouItem['status'];
  declare private _failure: string | null;
  declare private _stop: number | null;
  declare private _choice: number;
  declare private _length: number;

  readonly #announcer = new Announcer(() => this.renderRoot.querySelector<HTMLElement>('.live'));
  #client: ApiClient | null = null;
  /** Ends when all that was sent has its answer: turns go one after the other, so that replies keep their order. */
  #turns: Promise<void> = Promise.resolve();
  #scrollTo: number | null = null;
  /** Whether the end of the transcript was in sight; then it stays so when the input grows or a keyboard opens. */
  #atEnd = true;
  /** Whether the history has been scrolled to; only what comes later moves before the eye. */
  #settled = false;
  readonly #resized = new ResizeObserver(() => this.#keepEnd());

  constructor() {
    super();
    this.api = '/api';
    this.storageKey = 'waymark';
    this._items = [];
    this._pending = 0;
    this._typing = false;
    this._load = 'sending';
    this._failure = null;
    this._stop = null;
    this._choice = 0;
    this._length = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#client = clientFor(this.api, this.storageKey);
    this.#client.addEventListener('renewed', this.#onRenewed);
    // Being moved about in its page is no reason to load the history again.
    if (!this.hasUpdated) this.#turns = this.#loadHistory();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#client?.removeEventListener('renewed', this.#onRenewed);
    this.#announcer.stop();
  }

  /** Sends words or a choice as the person's own, once what was sent before has its answer. */
  send(outgoing: Outgoing): Promise<void> {
    return this.#queue(() => this.#turn(outgoing));
  }

  #queue(turn: () => Promise<void>): Promise<void> {
    this._pending += 1;
    this.#turns = this.#turns.then(turn).finally(() => {
      this._pending -= 1;
    });
    return this.#turns;
  }

  async #loadHistory(): Promise<void> {
    this._load = 'sending';
    try {
      const history = await this.#api.history();
      this._items = withHistory(this._items, history);
      this._load = 'sent';
      const last = this._items.findLastIndex((item) => item.kind === 'you');
      this.#scrollTo = this._items[Math.max(0, last)]?.key ?? null;
    } catch (error) {
      this._load = 'failed';
      this._failure = wordsFor(error).message;
      this.#announcer.say(this._failure);
    }
  }

  async #turn(outgoing: Outgoing): Promise<void> {
    if (this.#canLoadAgain) await this.#loadHistory();
    this._items = append(this._items, { kind: 'you', outgoing, status: 'sending', failure: null });
    const item = this._items.at(-1) as YouItem;
    this.#announcer.say(announcementOf(item));
    this.#scrollTo = item.key;
    await this.#deliver(item);
  }

  async #deliver(item: YouItem): Promise<void> {
    this._items = update(this._items, item.key, { status: 'sending' });
    const typing = setTimeout(() => (this._typing = true), TYPING_AFTER_MS);
    try {
      const replies = await this.#api.chat(item.outgoing);
      this._items = update(this._items, item.key, { status: 'sent' });
      this.#receive(replies);
    } catch (error) {
      const failure = wordsFor(error);
      this._items = update(this._items, item.key, { status: 'failed', failure });
      this.#scrollTo = item.key;
      this.#announcer.say(`Not sent. ${failure.message}`);
    } finally {
      clearTimeout(typing);
      this._typing = false;
    }
  }

  #receive(replies: readonly Reply[]): void {
    const before = this._items.length;
    this._items = append(this._items, ...replies.map((reply) => ({ kind: 'reply', reply }) as const));
    this._stop = null;
    this._choice = 0;
    const added = this._items.slice(before);
    this.#scrollTo = added[0]?.key ?? null;
    added.forEach((item) => this.#announcer.say(announcementOf(item)));
    this.dispatchEvent(new CustomEvent('waymark-turn', { detail: { replies }, bubbles: true, composed: true }));
  }

  readonly #onRenewed = (event: Event): void => {
    if (!(event as CustomEvent<{ lost: boolean }>).detail.lost) return;
    this._items = append(this._items, { kind: 'note', text: SESSION_LOST });
    this.#announcer.say(SESSION_LOST);
  };

  /** Once there are replies, an older history could no longer be put in its place. */
  get #canLoadAgain(): boolean {
    return this._load === 'failed' && !this._items.some((item) => item.kind === 'reply');
  }

  get #api(): ApiClient {
    return (this.#client ??= clientFor(this.api, this.storageKey));
  }

  get #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  // What the person does

  #submit(event: Event): void {
    event.preventDefault();
    const input = this.#input;
    const text = input?.value.trim() ?? '';
    // While an answer is on its way the words stay in the field, to be sent or changed when it has come.
    if (!input || !text || this._pending > 0) return;
    input.value = '';
    this.#resize();
    void this.send({ text });
  }

  #retry(item: YouItem): void {
    if (this._pending === 0) void this.#queue(() => this.#deliver(item));
  }

  /** A second press can come before the first has closed the choices; it is no answer to what comes next. */
  #choose(choice: Choice): void {
    if (this._pending === 0) void this.send(choice);
  }

  #onInputKey(event: KeyboardEvent): void {
    if (sends(event)) this.#submit(event);
  }

  #resize(): void {
    const input = this.#input;
    if (!input) return;
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
    const left = MAX_LENGTH - input.value.length;
    const before = MAX_LENGTH - this._length;
    this._length = input.value.length;
    if (COUNTER_SPOKEN.some((mark) => left <= mark && before > mark)) this.#announcer.say(lengthLeft(left));
  }

  #onFocus(event: FocusEvent): void {
    const index = this.#articles.indexOf((event.target as Element).closest('article') as HTMLElement);
    if (index >= 0) this._stop = index;
  }

  #onTranscriptKey(event: KeyboardEvent): void {
    const to = leadsTo(event.key, event.target as HTMLElement, this.#articles, this.#input);
    if (!to) return;
    event.preventDefault();
    if (to.matches('.choice')) this._choice = choicesBeside(to).indexOf(to);
    to.focus();
  }

  get #articles(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('article')];
  }

  // What is shown

  get #transcript(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.transcript');
  }

  #onScroll(): void {
    const transcript = this.#transcript;
    if (!transcript) return;
    const below = transcript.scrollHeight - transcript.clientHeight - transcript.scrollTop;
    this.#atEnd = below < SCROLL_MARGIN;
  }

  #keepEnd(): void {
    const transcript = this.#transcript;
    if (transcript && this.#atEnd) transcript.scrollTo({ top: transcript.scrollHeight, behavior: 'instant' });
  }

  protected override firstUpdated(): void {
    if (this.#transcript) this.#resized.observe(this.#transcript);
  }

  protected override updated(changed: PropertyValues): void {
    const transcript = this.#transcript;
    // The dots follow what was just sent, which is where the person is looking.
    if (changed.has('_typing') && this._typing) transcript?.scrollTo({ top: transcript.scrollHeight });
    if (this.#scrollTo === null) return;
    const article = this.renderRoot.querySelector<HTMLElement>(`[data-key="${this.#scrollTo}"]`);
    this.#scrollTo = null;
    if (!article || !transcript) return;
    // The first new message at the top; the browser stops at the end, so that short ones simply appear there.
    const distance = article.getBoundingClientRect().top - transcript.getBoundingClientRect().top;
    const behavior = this.#settled ? 'auto' : 'instant';
    transcript.scrollTo({ top: transcript.scrollTop + distance - SCROLL_MARGIN, behavior });
    this.#settled = true;
  }

  protected override render(): TemplateResult {
    return html`
      <div
        class="transcript"
        role="feed"
        tabindex="-1"
        aria-label="Conversation"
        aria-busy=${this._load === 'sending' ? 'true' : 'false'}
        @keydown=${this.#onTranscriptKey}
        @focusin=${this.#onFocus}
        @scroll=${this.#onScroll}
      >
        <div class="column" role="presentation">
          ${this._failure === null ? nothing : this.#loadFailure(this._failure)}
          ${transcriptView({
            items: this._items,
            stop: Math.min(this._stop ?? Infinity, this._items.length - 1),
            choice: this._choice,
            choose: (choice) => this.#choose(choice),
            retry: (item) => this.#retry(item),
          })}
          ${this._typing ? typingView() : nothing}
        </div>
      </div>
      ${this.#composer()}
      <div class="hidden" role="status">${this._typing ? 'Waymark is writing' : ''}</div>
      <div class="hidden live" role="log" aria-live="polite" aria-relevant="additions" aria-label="New messages"></div>
    `;
  }

  #composer(): TemplateResult {
    const left = MAX_LENGTH - this._length;
    const counting = left <= COUNTER_FROM;
    return html`<form class="composer" @submit=${this.#submit}>
      <label class="hidden" for="input">Your message</label>
      <div class="field">
        <textarea
          id="input"
          rows="1"
          maxlength=${MAX_LENGTH}
          placeholder="Write a message"
          enterkeyhint="send"
          autocomplete="off"
          aria-describedby="hint count"
          @input=${this.#resize}
          @keydown=${this.#onInputKey}
        ></textarea>
        <button
          class="send"
          type="submit"
          aria-disabled=${this._pending > 0 || this._length === 0 ? 'true' : 'false'}
          @mousedown=${keepFocus}
        >
          Send
        </button>
      </div>
      <div class="foot ${counting ? 'counting' : ''}">
        <span class="hint" id="hint">Enter sends, Shift + Enter starts a new line</span>
        <span id="count">${counting ? lengthLeft(left) : nothing}</span>
      </div>
    </form>`;
  }

  #loadFailure(message: string): TemplateResult {
    const labels = { failed: 'Try again', sending: 'Trying again', sent: 'Connected' };
    const again = (): void => {
      this.#turns = this.#turns.then(() => this.#loadHistory());
    };
    return html`<div class="failure start">
      ${this._load === 'failed' ? html`<span>${message}</span>` : nothing}
      ${retryButton(labels[this._load], this.#canLoadAgain, again)}
    </div>`;
  }
}

function lengthLeft(left: number): string {
  return left === 1 ? '1 character left' : `${left} characters left`;
}

/** Pressing Send with the mouse or a finger leaves the focus, and on a phone the keyboard, where it was. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

function wordsFor(error: unknown): { message: string; retriable: boolean } {
  if (error instanceof ApiError) return { message: error.message, retriable: error.retriable };
  throw error;
}
