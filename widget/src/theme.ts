import { css } from 'lit';

/**
 * Colours and type shared by both components. A site sets the `--waymark-…` properties; the rest uses the private
 * ones, so that each default stands once. `light-dark()` follows the `color-scheme` in force, which the `theme`
 * attribute can fix for sites that are always light or always dark.
 */
export const theme = css`
  :host {
    color-scheme: light dark;
    --_accent: var(--waymark-accent, light-dark(#0f5c6e, #74c7d8));
    --_on-accent: var(--waymark-on-accent, light-dark(#ffffff, #06242b));
    --_background: var(--waymark-background, light-dark(#f7f9f9, #10181c));
    --_surface: var(--waymark-surface, light-dark(#ffffff, #19242a));
    --_tint: var(--waymark-tint, light-dark(#e1eff2, #173b46));
    --_text: var(--waymark-text, light-dark(#17242b, #e6edef));
    --_muted: var(--waymark-muted, light-dark(#52636c, #a5b5bc));
    --_border: var(--waymark-border, light-dark(#d9e1e4, #2d3c43));
    --_control-border: var(--waymark-control-border, light-dark(#7a8b93, #6f848d));
    --_warning: var(--waymark-warning, light-dark(#8a4a06, #f0b465));
    --_radius: var(--waymark-radius, 14px);
    --_font: var(
      --waymark-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      'Noto Sans',
      sans-serif
    );
    box-sizing: border-box;
    color: var(--_text);
    background: var(--_background);
    font: 400 1rem/1.5 var(--_font);
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }

  button,
  textarea {
    font: inherit;
    color: inherit;
  }

  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }

  .quiet {
    padding: 0.25rem 0.75rem;
    border: 1px solid currentColor;
    border-radius: 999px;
    background: none;
    color: var(--_accent);
    font-size: 0.875rem;
    font-weight: 600;
    cursor: pointer;
  }

  .quiet[aria-disabled='true'] {
    padding-inline: 0;
    border-color: transparent;
    color: var(--_muted);
    font-weight: 400;
    cursor: default;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
