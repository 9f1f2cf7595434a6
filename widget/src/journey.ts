import { html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError, clientFor } from './api';
import { retryButton } from './chat-view';
import { journeyStyles } from './journey-styles';
import { remark, STATUS_WORDS, stretches, summary, wordsOfStep } from './route';
import { theme } from './theme';
import type { Journey, Step, StepStatus } from './types';

/**
 * The map of the journey, as `<waymark-journey for="chat-id">`.
 *
 * It shows what the server says and decides nothing. Pressing a step dispatches `waymark-send`, which the conversation
 * named by `for` sends as the person's words (see `wire.ts`).
 */
export class WaymarkJourney extends LitElement {
  static override readonly styles = [theme, journeyStyles];
  static override readonly properties = {
    api: {},
    storageKey: { attribute: 'storage-key' },
    for: {},
    _journey: { state: true },
    _failure: { state: true },
    _loading: { state: true },
  };

  declare api: string;
  declare storageKey: string;
  declare for: string;
  declare private _journey: Journey | null;
  declare private _failure: string | null;
  declare private _loading: boolean;

  /** Counts the requests, so that a slow answer never overwrites a newer one. */
  #asked = 0;

  constructor() {
    super();
    this.api = '/api';
    this.storageKey = 'waymark';
    this.for = '';
    this._journey = null;
    this._failure = null;
    this._loading = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.reload();
  }

  /** Asks the server where the journey stands. */
  async reload(): Promise<void> {
    const asked = ++this.#asked;
    this._loading = true;
    try {
      const journey = await clientFor(this.api, this.storageKey).journey();
      if (asked !== this.#asked) return;
      this._journey = journey;
      this._failure = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (asked === this.#asked) this._failure = error.message;
    } finally {
      if (asked === this.#asked) this._loading = false;
    }
  }

  #open(step: Step): void {
    const detail = { payload: step.payload, title: wordsOfStep(step) };
    this.dispatchEvent(new CustomEvent('waymark-send', { detail, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const journey = this._journey;
    return html`<section aria-labelledby="heading">
      <h2 id="heading">Your journey</h2>
      ${journey ? this.#head(journey) : nothing}
      ${this._failure === null
        ? nothing
        : html`<p class="failure" role="status">
            ${this._failure}
            ${retryButton(this._loading ? 'Trying again' : 'Try again', !this._loading, () => void this.reload())}
          </p>`}
      ${journey
        ? repeat(
            stretches(journey),
            (_, index) => index,
            ({ title, steps }) => html`
              <h3>${title}</h3>
              <ol role="list">
                ${repeat(
                  steps,
                  (step) => step.key,
                  (step) => this.#station(step),
                )}
              </ol>
            `,
          )
        : nothing}
    </section>`;
  }

  #head(journey: Journey): TemplateResult {
    const round = journey.round > 1 ? ` · round ${journey.round}` : '';
    return html`${journey.organisation ? html`<p class="organisation">${journey.organisation}</p>` : nothing}
      <p class="summary">${summary(journey)}${round}</p>
      ${journey.stopped ? html`<p class="stopped">This journey is stopped. Step 1 is the way back in.</p>` : nothing}`;
  }

  #station(step: Step): TemplateResult {
    const under = remark(step);
    const answered = `${step.answered} of ${step.questions}`;
    return html`<li class=${step.number === null ? 'beside' : ''}>
      <button
        type="button"
        class=${step.status}
        aria-current=${step.current ? 'step' : nothing}
        @click=${() => this.#open(step)}
      >
        ${icon(step.status)}
        <span class="number">${step.number ?? nothing}</span>
        <span class="title"
          >${step.title}<span class="hidden"
            >. ${step.status === 'not_started' ? `${STATUS_WORDS[step.status]}. ` : nothing}${answered} questions
            answered.</span
          >${under ? html` <span class="remark">${under}</span>` : nothing}</span
        >
        ${step.questions > 0 ? html`<span class="count" aria-hidden="true">${answered}</span>` : nothing}
      </button>
    </li>`;
  }
}

/** A station of the map. The shapes differ, not only the colours; the words stand in the text beside it. */
function icon(status: StepStatus): SVGTemplateResult {
  const inside: Record<StepStatus, SVGTemplateResult> = {
    not_started: svg``,
    in_progress: svg`<path class="fill" d="M12 5.5a6.5 6.5 0 0 1 0 13z" />`,
    passed: svg`<path class="mark" d="m7.8 12.4 2.9 2.9 5.6-6.2" />`,
    to_revisit: svg`<path class="mark" d="M16.4 12a4.4 4.4 0 1 1-1.5-3.3" />
      <path class="tip" d="M16.9 5.9v4.4h-4.4z" />`,
  };
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9.5" />${inside[status]}
  </svg>`;
}
