import { render } from 'lit';
import { describe, expect, it } from 'vitest';
import { parseMarkdown, plainText, renderMarkdown } from './markdown';

function rendered(source: string): HTMLElement {
  const place = document.createElement('div');
  render(renderMarkdown(source), place);
  return place;
}

/** The markup without what Lit leaves between its parts. */
function markup(source: string): string {
  return rendered(source).innerHTML.replace(/<!--.*?-->/g, '');
}

describe('the subset', () => {
  it.each([
    ['plain', '<p>plain</p>'],
    ['**bold** and *italic*', '<p><strong>bold</strong> and <em>italic</em></p>'],
    ['**bold with *italic* inside**', '<p><strong>bold with <em>italic</em> inside</strong></p>'],
    ['one\ntwo', '<p>one<br>two</p>'],
    ['one\r\n\r\ntwo', '<p>one</p><p>two</p>'],
    ['- a\n- **b**', '<ul><li>a</li><li><strong>b</strong></li></ul>'],
    ['1. a\n2. b', '<ol start="1"><li>a</li><li>b</li></ol>'],
    ['3. c', '<ol start="3"><li>c</li></ol>'],
    ['Before\n- a\nAfter', '<p>Before</p><ul><li>a</li></ul><p>After</p>'],
    ['- a\n  still a\n- b', '<ul><li>a<br>still a</li><li>b</li></ul>'],
    ['', ''],
  ])('%j', (source, expected) => {
    expect(markup(source)).toBe(expected);
  });
});

describe('what only looks like a mark', () => {
  it.each(['5 * 3 * 2', '2 ** 3 ** 4', '**open', 'a*', '-5 degrees', '2012. was', '[label]', '# title', '`code`'])(
    '%j is shown as written',
    (source) => {
      expect(markup(source)).toBe(`<p>${source}</p>`);
    },
  );

  it('an escaped mark loses its backslash only', () => {
    expect(markup('\\*not italic\\*')).toBe('<p>*not italic*</p>');
  });
});

describe('no markup of its own', () => {
  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '**<b onclick=x>bold</b>**',
    '- <iframe src=x></iframe>',
    '&lt;i&gt;',
  ])('%j stays text', (source) => {
    const place = rendered(source);
    expect(place.querySelector('img, script, iframe, b, i')).toBeNull();
    expect(place.textContent?.trim()).toBe(source.replaceAll('**', '').replace(/^- /, ''));
  });
});

describe('links', () => {
  it('are made of named and of bare http(s) addresses', () => {
    const links = [...rendered('[the page](https://example.org/a?b=c) or http://example.org/x.').querySelectorAll('a')];
    expect(links.map((link) => [link.getAttribute('href'), link.textContent])).toEqual([
      ['https://example.org/a?b=c', 'the page'],
      ['http://example.org/x', 'http://example.org/x'],
    ]);
    expect(links.every((link) => link.rel === 'noopener noreferrer')).toBe(true);
  });

  it.each(['[x](javascript:alert(1))', '[x](data:text/html,hi)', '[x](//example.org)', 'javascript:alert(1)'])(
    '%j is none',
    (source) => {
      expect(rendered(source).querySelector('a')).toBeNull();
      expect(rendered(source).textContent).toBe(source);
    },
  );

  it('cannot leave their attribute', () => {
    const link = rendered('https://example.org/"onmouseover="alert(1)').querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://example.org/');
    expect(link?.hasAttribute('onmouseover')).toBe(false);
  });
});

it('parses a hostile run of marks in reasonable time', () => {
  const started = performance.now();
  parseMarkdown('**a'.repeat(3_000) + '*'.repeat(3_000) + '['.repeat(3_000));
  expect(performance.now() - started).toBeLessThan(1_000);
});

it('reads aloud without its marks', () => {
  expect(plainText('**Noted**\nas *partly*.\n\n2. a\n3. b\n\n- c')).toBe('Noted as partly. 2. a 3. b c');
});
