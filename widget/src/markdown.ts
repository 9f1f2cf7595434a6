/**
 * The small Markdown subset replies are written in: bold, italic, line breaks, lists, http(s) links.
 *
 * `parseMarkdown` gives a tree and `renderMarkdown` Lit templates; text only ever becomes a text node, so that no reply
 * can carry markup of its own. Whatever is not understood is shown as it was written.
 */
import { html, type TemplateResult } from 'lit';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'em'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly text: string };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'bullets'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'numbers'; readonly start: number; readonly items: readonly (readonly Inline[])[] };

const BULLET = /^\s{0,3}[-•]\s+(.*)$/;
const NUMBER = /^\s{0,3}(\d{1,2})\.\s+(.*)$/;
const CONTINUATION = /^\s{2,}\S/;

/** What a reply may mark inside a line; the first that fits wins. Quotes and brackets end a bare address. */
const INLINE = new RegExp(
  [
    /\\([*_\\[\]-])/, // an escaped mark
    /\[([^\]\n]+)\]\((https?:\/\/[^\s()<>"]+)\)/, // a named link
    /(https?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?*])/, // a bare address
    /\*\*(?=\S)((?:[^*]|\*(?!\*))+?)(?<=\S)\*\*/, // bold
    /\*(?=[^\s*])([^*]*[^\s*])\*/, // italic
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'gi',
);

export function parseInline(source: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  const plain = (text: string): void => {
    text.split('\n').forEach((line, index) => {
      if (index > 0) parts.push({ kind: 'break' });
      if (line) parts.push({ kind: 'text', text: line });
    });
  };
  for (const match of source.matchAll(INLINE)) {
    plain(source.slice(from, match.index));
    from = match.index + match[0].length;
    const [, escaped, label, target, address, strong, em] = match;
    if (escaped !== undefined) plain(escaped);
    else if (target !== undefined) parts.push({ kind: 'link', href: target, text: label ?? target });
    else if (address !== undefined) parts.push({ kind: 'link', href: address, text: address });
    else if (strong !== undefined) parts.push({ kind: 'strong', children: parseInline(strong) });
    else if (em !== undefined) parts.push({ kind: 'em', children: parseInline(em) });
  }
  plain(source.slice(from));
  return parts;
}

interface Draft {
  readonly kind: Block['kind'];
  readonly start: number;
  readonly items: string[];
}

export function parseMarkdown(source: string): Block[] {
  const drafts: Draft[] = [];
  let open: Draft | undefined;
  for (const line of source.replace(/\r\n?/g, '\n').split('\n')) {
    if (!line.trim()) {
      open = undefined;
      continue;
    }
    const next = startOf(line);
    if (open && joins(open, next, line)) {
      extend(open, next, line);
    } else {
      open = next;
      drafts.push(open);
    }
  }
  return drafts.map(finish);
}

/** The block that this line would begin, were it the first. */
function startOf(line: string): Draft {
  const bullet = BULLET.exec(line);
  if (bullet) return { kind: 'bullets', start: 1, items: [bullet[1] ?? ''] };
  const number = NUMBER.exec(line);
  if (number) return { kind: 'numbers', start: Number(number[1]), items: [number[2] ?? ''] };
  return { kind: 'paragraph', start: 1, items: [line.trim()] };
}

/** A plain line goes on with the paragraph before it, or with a list item when it is indented under one. */
function joins(open: Draft, next: Draft, line: string): boolean {
  return open.kind === next.kind || (next.kind === 'paragraph' && CONTINUATION.test(line));
}

function extend(open: Draft, next: Draft, line: string): void {
  if (next.kind !== 'paragraph') {
    open.items.push(...next.items);
  } else {
    const last = open.items.length - 1;
    open.items[last] = `${open.items[last] ?? ''}\n${line.trim()}`;
  }
}

function finish(draft: Draft): Block {
  if (draft.kind === 'paragraph') return { kind: 'paragraph', children: parseInline(draft.items[0] ?? '') };
  const items = draft.items.map(parseInline);
  return draft.kind === 'bullets' ? { kind: 'bullets', items } : { kind: 'numbers', start: draft.start, items };
}

function renderInline(part: Inline): TemplateResult | string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'break':
      return html`<br />`;
    case 'strong':
      return html`<strong>${part.children.map(renderInline)}</strong>`;
    case 'em':
      return html`<em>${part.children.map(renderInline)}</em>`;
    case 'link':
      return html`<a href=${part.href} target="_blank" rel="noopener noreferrer" tabindex="-1">${part.text}</a>`;
  }
}

function renderBlock(block: Block): TemplateResult {
  if (block.kind === 'paragraph') return html`<p>${block.children.map(renderInline)}</p>`;
  const items = block.items.map((item) => html`<li>${item.map(renderInline)}</li>`);
  return block.kind === 'bullets' ? html`<ul>${items}</ul>` : html`<ol start=${block.start}>${items}</ol>`;
}

export function renderMarkdown(source: string): TemplateResult[] {
  return parseMarkdown(source).map(renderBlock);
}

function plainInline(part: Inline): string {
  if (part.kind === 'break') return ' ';
  if (part.kind === 'text' || part.kind === 'link') return part.text;
  return part.children.map(plainInline).join('');
}

/** The same text without its marks, for reading aloud. */
export function plainText(source: string): string {
  return parseMarkdown(source)
    .map((block) => {
      if (block.kind === 'paragraph') return block.children.map(plainInline).join('');
      const start = block.kind === 'numbers' ? block.start : null;
      return block.items
        .map((item, index) => (start === null ? '' : `${start + index}. `) + item.map(plainInline).join(''))
        .join(' ');
    })
    .join(' ');
}
