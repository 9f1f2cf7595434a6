import { css } from 'lit';

export const chatStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 18rem;
    overflow: hidden;
    /* The live region is taken out of the flow and must not stretch the page it is embedded in. */
    position: relative;
  }

  .transcript {
    flex: 1 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scroll-behavior: smooth;
    padding: 1.5rem 1rem 0.5rem;
  }

  /* Both keep room for the scroll bar, so that their columns stand in one line. */
  .transcript,
  .composer {
    scrollbar-gutter: stable;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }

  .column {
    display: flex;
    flex-direction: column;
    gap: 1.25rem;
    max-inline-size: 46rem;
    margin-inline: auto;
  }

  .item {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.625rem;
    min-inline-size: 0;
    border-radius: var(--_radius);
  }

  .item.you {
    align-items: flex-end;
  }

  /* What is said in one breath stands together: half the gap would still look like two turns. */
  .reply + .reply {
    margin-block-start: -0.875rem;
  }

  .reply:has(+ .reply) .bubble {
    border-end-start-radius: 4px;
  }

  .bubble {
    max-inline-size: min(100%, 40rem);
    padding: 0.75rem 1rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    border-start-start-radius: 4px;
    background: var(--_surface);
    overflow-wrap: anywhere;
  }

  .you .bubble {
    max-inline-size: min(85%, 34rem);
    border-color: transparent;
    border-start-start-radius: var(--_radius);
    border-end-end-radius: 4px;
    background: var(--_tint);
    white-space: pre-wrap;
  }

  .note {
    align-self: center;
    max-inline-size: 34rem;
    color: var(--_muted);
    font-size: 0.875rem;
    text-align: center;
    text-wrap: balance;
  }

  .bubble > * {
    margin: 0;
  }

  .bubble > * + * {
    margin-block-start: 0.625rem;
  }

  .bubble ul,
  .bubble ol {
    padding-inline-start: 1.375rem;
  }

  .bubble li + li {
    margin-block-start: 0.25rem;
  }

  .bubble li::marker {
    color: var(--_muted);
  }

  .bubble a {
    color: var(--_accent);
    text-underline-offset: 0.15em;
  }

  .bubble img {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
    border-radius: 8px;
  }

  .bubble .progress {
    margin-block-end: 0.75rem;
    color: var(--_muted);
    font-size: 0.8125rem;
  }

  .progress strong {
    color: var(--_accent);
    font-weight: 600;
  }

  .bar {
    display: flex;
    gap: 4px;
    margin-block-start: 0.375rem;
  }

  .bar span {
    flex: 0 1 2.25rem;
    block-size: 4px;
    border-radius: 2px;
    background: var(--_border);
  }

  .bar .done {
    background: color-mix(in srgb, var(--_accent) 45%, var(--_border));
  }

  .bar .now {
    background: var(--_accent);
  }

  .bubble .sources {
    margin-block-start: 0.75rem;
    padding-block-start: 0.5rem;
    border-block-start: 1px solid var(--_border);
    color: var(--_muted);
    font-size: 0.8125rem;
    line-height: 1.45;
  }

  .sources div {
    padding-inline-start: 0.75rem;
    text-indent: -0.75rem;
  }

  .choices {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    max-inline-size: 100%;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  .choice {
    min-block-size: 2.75rem;
    max-inline-size: 100%;
    padding: 0.5rem 1rem;
    border: 1.5px solid var(--_accent);
    border-radius: 1.375rem;
    background: var(--_surface);
    color: var(--_accent);
    font-size: 0.9375rem;
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
    transition: background-color 120ms;
  }

  .choice:hover {
    background: var(--_tint);
  }

  .choices.closed {
    gap: 0.375rem;
  }

  .closed .row {
    gap: 0.375rem;
  }

  .closed .choice {
    min-block-size: 0;
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--_border);
    background: none;
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 400;
    cursor: default;
  }

  .closed .choice.chosen {
    border-color: var(--_accent);
    color: var(--_accent);
    font-weight: 600;
  }

  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 0.25rem 0.75rem;
    color: var(--_warning);
    font-size: 0.875rem;
    text-align: end;
    text-wrap: balance;
  }

  .failure.start {
    justify-content: center;
    text-align: center;
  }

  .sending .bubble {
    opacity: 0.75;
  }

  .typing {
    display: flex;
    gap: 5px;
    inline-size: fit-content;
    padding: 1rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    border-start-start-radius: 4px;
    background: var(--_surface);
  }

  .typing span {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--_muted);
    animation: pulse 1.2s infinite ease-in-out;
  }

  .typing span:nth-child(2) {
    animation-delay: 0.15s;
  }

  .typing span:nth-child(3) {
    animation-delay: 0.3s;
  }

  @keyframes pulse {
    0%,
    60%,
    100% {
      opacity: 0.3;
    }
    30% {
      opacity: 1;
    }
  }

  .composer {
    flex: none;
    overflow: hidden;
    padding: 0.75rem 1rem max(0.75rem, env(safe-area-inset-bottom));
  }

  .field {
    display: flex;
    align-items: flex-end;
    gap: 0.375rem;
    max-inline-size: 46rem;
    margin-inline: auto;
    padding: 0.3125rem;
    border: 1px solid var(--_control-border);
    border-radius: 1.625rem;
    background: var(--_surface);
  }

  .field:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }

  textarea {
    flex: 1 1 auto;
    min-inline-size: 0;
    /* Five lines and the padding; beyond that it scrolls. */
    max-block-size: calc(5 * 1.5em + 1rem);
    padding: 0.5rem 0.75rem;
    border: 0;
    border-radius: 1.25rem;
    background: none;
    line-height: 1.5;
    resize: none;
    overflow-y: auto;
  }

  textarea:focus-visible {
    outline: none;
  }

  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .send {
    flex: none;
    min-block-size: 2.5rem;
    padding: 0 1.25rem;
    border: 1px solid transparent;
    border-radius: 1.25rem;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    cursor: pointer;
  }

  .send[aria-disabled='true'] {
    background: var(--_border);
    color: var(--_muted);
    cursor: default;
  }

  .foot {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    max-inline-size: 46rem;
    min-block-size: 1.125rem;
    margin: 0.375rem auto 0;
    padding-inline: 1rem;
    color: var(--_muted);
    font-size: 0.75rem;
    line-height: 1.5;
  }

  @media (max-width: 40rem), (pointer: coarse) {
    /* There is no Shift + Enter to speak of on a phone, and the line is worth more to the conversation. */
    .hint {
      display: none;
    }
    .foot:not(.counting) {
      min-block-size: 0;
      margin: 0;
    }
    .transcript {
      padding-block-start: 1rem;
    }
  }

  @media (max-width: 40rem) {
    /* Three choices a row on a phone; they stay as high as a finger needs. */
    .choices:not(.closed) .choice {
      padding-inline: 0.8125rem;
      font-size: 0.875rem;
    }
  }

  @media (forced-colors: active) {
    .bubble,
    .you .bubble {
      border-color: CanvasText;
    }
    .field:focus-within {
      outline: 3px solid Highlight;
    }
    .bar .done,
    .bar .now {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
