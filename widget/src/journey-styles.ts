import { css } from 'lit';

export const journeyStyles = css`
  :host {
    display: block;
    /* Where the line runs, from the left edge to its middle; headings and stations keep to it. */
    --_line: 1.25rem;
  }

  section {
    padding: 1rem 1rem 1.25rem;
  }

  h2,
  p {
    margin: 0;
    padding-inline: 0.5rem;
  }

  h2 {
    font-size: 1.0625rem;
    font-weight: 650;
  }

  .organisation {
    font-weight: 600;
  }

  .summary {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .stopped,
  .failure {
    margin-block-start: 0.5rem;
    color: var(--_warning);
    font-size: 0.875rem;
  }

  h3 {
    position: relative;
    margin: 0;
    padding: 0.75rem 0 0.125rem calc(var(--_line) + 2.625rem);
    color: var(--_muted);
    font-size: 0.75rem;
    font-weight: 650;
    letter-spacing: 0.04em;
    line-height: 1.4;
  }

  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    position: relative;
  }

  /* The line: through every station and past the headings between, from the middle of the first to that of the last. */
  h3::before,
  li::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: calc(var(--_line) - 1px);
    /* Over the current station's background, under the stations. */
    z-index: 1;
    inline-size: 2px;
    background: color-mix(in srgb, var(--_accent) 40%, var(--_border));
    pointer-events: none;
  }

  h3:first-of-type::before,
  h3:last-of-type::before {
    display: none;
  }

  ol:first-of-type li:first-child::before {
    inset-block-start: 1.25rem;
  }

  ol:nth-last-of-type(2) li:last-child::before {
    inset-block-end: calc(100% - 1.25rem);
  }

  li.beside::before {
    display: none;
  }

  button {
    position: relative;
    display: grid;
    grid-template-columns: 1.5rem 1.875rem 1fr auto;
    align-items: start;
    inline-size: 100%;
    padding: 0.5rem 0.625rem 0.5rem calc(var(--_line) - 0.75rem);
    border: 1px solid transparent;
    border-radius: 10px;
    background: none;
    font-size: 0.9375rem;
    line-height: 1.5;
    text-align: start;
    cursor: pointer;
  }

  button:hover {
    background: color-mix(in srgb, var(--_tint) 55%, transparent);
  }

  button:focus-visible {
    outline-offset: -2px;
  }

  button[aria-current] {
    background: var(--_tint);
  }

  button[aria-current] .title {
    font-weight: 600;
  }

  .icon {
    position: relative;
    z-index: 2;
    inline-size: 1.5rem;
    block-size: 1.5rem;
  }

  circle {
    fill: var(--_background);
    stroke: var(--_control-border);
    stroke-width: 2;
  }

  .in_progress circle,
  .passed circle,
  button[aria-current] circle {
    stroke: var(--_accent);
  }

  .passed circle {
    fill: var(--_accent);
  }

  .to_revisit circle {
    stroke: var(--_warning);
  }

  .fill {
    fill: var(--_accent);
  }

  .mark {
    fill: none;
    stroke: var(--_on-accent);
    stroke-width: 2.25;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .to_revisit .mark {
    stroke: var(--_warning);
    stroke-width: 1.75;
  }

  .tip {
    fill: var(--_warning);
  }

  .number {
    padding-inline-end: 0.4375rem;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .remark {
    display: block;
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 400;
    line-height: 1.4;
  }

  .to_revisit .remark {
    color: var(--_warning);
  }

  .count {
    padding-inline-start: 0.625rem;
    color: var(--_muted);
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
    line-height: 1.5rem;
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    button[aria-current] {
      border-color: Highlight;
    }
    .passed circle,
    .fill {
      fill: CanvasText;
    }
    .mark {
      stroke: Canvas;
    }
  }
`;
