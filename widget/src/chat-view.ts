/** What the parts of a conversation look like. Behaviour is in `chat.ts`. */
import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { renderMarkdown } from './markdown';
import { canRetry, choiceState, type Items, type ReplyItem, type YouItem } from './transcript';
import { wordsOf, type Choice, type Progress, type Reply } from './types';
import { citationText, progressParts, speakerOf, superscript } from './words';

export interface TranscriptView {
  readonly items: Items;
  /** The message the transcript's one tab stop leads to. */
  readonly stop: number;
  /** Which of the open choices is theirs. */
  readonly choice: number;
  readonly choose: (choice: Choice) => void;
  readonly retry: (item: YouItem) => void;
}

export function transcriptView(view: TranscriptView): unknown {
  return repeat(
    view.items,
    (item) => item.key,
    (item, index) => {
      const id = `m${item.key}`;
      const sending = item.kind === 'you' && item.status === 'sending';
      return html`<article
        class=${classMap({ item: true, [item.kind]: true, sending })}
        data-key=${item.key}
        tabindex=${index === view.stop ? '0' : '-1'}
        aria-posinset=${index + 1}
        aria-setsize=${view.items.length}
        aria-labelledby="${id}-who ${id}-body"
      >
        <span class="hidden" id="${id}-who">${speakerOf(item)}</span>
        ${item.kind === 'note' ? html`<div id="${id}-body">${item.text}</div>` : nothing}
        ${item.kind === 'you' ? youView(view, item, `${id}-body`) : nothing}
        ${item.kind === 'reply' ? replyView(view, item, index, `${id}-body`) : nothing}
      </article>`;
    },
  );
}

function youView(view: TranscriptView, item: YouItem, bodyId: string): TemplateResult {
  return html`<div class="bubble" id=${bodyId}>${wordsOf(item.outgoing)}</div>
    ${item.failure === null ? nothing : failureView(view, item, item.failure)}`;
}

const RETRY = { failed: 'Try again', sending: 'Trying again', sent: 'Sent' } as const;

function failureView(
  view: TranscriptView,
  item: YouItem,
  failure: NonNullable<YouItem['failure']>,
): TemplateResult {
  return html`<div class="failure">
    ${item.status === 'failed' ? html`<span>Not sent. ${failure.message}</span>` : nothing}
    ${failure.retriable ? retryButton(RETRY[item.status], canRetry(view.items, item), () => view.retry(item)) : nothing}
  </div>`;
}

/** Stays in place whatever comes of it, since it is in focus when it is pressed. */
export function retryButton(label: string, open: boolean, retry: () => void): TemplateResult {
  return html`<button
    class="quiet"
    type="button"
    aria-disabled=${open ? 'false' : 'true'}
    @click=${() => {
      if (open) retry();
    }}
  >
    ${label}
  </button>`;
}

function replyView(view: TranscriptView, item: ReplyItem, index: number, bodyId: string): TemplateResult {
  const { reply } = item;
  return html`<div class="bubble" id=${bodyId}>
      ${reply.progress ? progressView(reply.progress) : nothing} ${renderMarkdown(reply.text)}
      ${reply.image ? html`<img src=${reply.image.url} alt=${reply.image.alt} />` : nothing} ${sourcesView(reply)}
    </div>
    ${reply.buttons.length > 0 ? choicesView(view, index, reply) : nothing}`;
}

function progressView(progress: Progress): TemplateResult {
  const [step, ...rest] = progressParts(progress);
  const segments = Array.from({ length: progress.of }, (_, index) => index + 1);
  const state = (n: number): string => (n < progress.question ? 'done' : n === progress.question ? 'now' : '');
  return html`<div class="progress">
    <div><strong>${step}</strong>${rest.map((part) => ` · ${part}`)}</div>
    <div class="bar" aria-hidden="true">${segments.map((n) => html`<span class=${state(n)}></span>`)}</div>
  </div>`;
}

function sourcesView({ citations }: Reply): TemplateResult | typeof nothing {
  if (citations.length === 0) return nothing;
  return html`<div class="sources">
    <span class="hidden">Sources:</span>
    ${citations.map((citation) => html`<div>${superscript(citation.n)} ${citationText(citation)}</div>`)}
  </div>`;
}

function choicesView(view: TranscriptView, index: number, reply: Reply): TemplateResult {
  const state = choiceState(view.items, index);
  const chosen = state.open ? null : state.chosen;
  const flat = reply.buttons.flat();
  const stop = Math.min(view.choice, flat.length - 1);
  const button = (choice: Choice): TemplateResult => html`<button
    class=${classMap({ choice: true, chosen: choice === chosen })}
    type="button"
    tabindex=${state.open && flat.indexOf(choice) === stop ? '0' : '-1'}
    aria-disabled=${state.open ? 'false' : 'true'}
    @click=${() => {
      if (state.open) view.choose(choice);
    }}
  >
    ${choice === chosen ? html`<span aria-hidden="true">✓ </span>` : nothing}${choice.title}
  </button>`;
  return html`<div
    class=${classMap({ choices: true, closed: !state.open })}
    role="toolbar"
    aria-label="Choices"
    aria-disabled=${state.open ? 'false' : 'true'}
  >
    ${reply.buttons.map((row) => html`<div class="row">${row.map(button)}</div>`)}
    ${state.open ? nothing : html`<span class="hidden">${chosen ? `You chose ${chosen.title}.` : 'Closed.'}</span>`}
  </div>`;
}

/** The dots are for the eye; a status line elsewhere says the same to screen readers. */
export function typingView(): TemplateResult {
  return html`<div class="typing" aria-hidden="true"><span></span><span></span><span></span></div>`;
}
