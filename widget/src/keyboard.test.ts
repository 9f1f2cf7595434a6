import { describe, expect, it } from 'vitest';
import { leadsTo, moveTo, sends } from './keyboard';

describe('moveTo', () => {
  it.each([
    ['ArrowDown', 1, 'vertical', 2],
    ['ArrowUp', 1, 'vertical', 0],
    ['ArrowDown', 2, 'vertical', 2],
    ['ArrowUp', 0, 'vertical', 0],
    ['Home', 2, 'vertical', 0],
    ['End', 0, 'vertical', 2],
    ['ArrowRight', 0, 'vertical', null],
    ['ArrowRight', 0, 'both', 1],
    ['ArrowLeft', 1, 'both', 0],
    ['a', 1, 'both', null],
  ] as const)('%s from %i, %s', (key, from, axis, to) => {
    expect(moveTo(key, from, 3, axis)).toBe(to);
  });

  it('leads nowhere in an empty list', () => {
    expect(moveTo('End', 0, 0, 'both')).toBeNull();
  });
});

it.each([
  [{ key: 'Enter', shiftKey: false, isComposing: false }, true],
  [{ key: 'Enter', shiftKey: true, isComposing: false }, false],
  [{ key: 'Enter', shiftKey: false, isComposing: true }, false],
  [{ key: 'a', shiftKey: false, isComposing: false }, false],
])('%j sends: %s', (event, expected) => {
  expect(sends(event)).toBe(expected);
});

describe('in the transcript', () => {
  const place = document.createElement('div');
  place.innerHTML = `<article id="a"><a id="l1"></a><a id="l2"></a></article>
    <article id="b">
      <div class="choices"><button id="c1" class="choice"></button><button id="c2" class="choice"></button></div>
      <button id="retry"></button>
    </article><textarea id="input"></textarea>`;
  const at = (id: string): HTMLElement => place.querySelector<HTMLElement>(`#${id}`) as HTMLElement;
  const messages = [...place.querySelectorAll<HTMLElement>('article')];

  it.each([
    ['ArrowDown', 'a', 'b'],
    ['ArrowUp', 'b', 'a'],
    ['Enter', 'a', 'l1'],
    ['Enter', 'b', null],
    ['ArrowDown', 'l1', 'l2'],
    ['Escape', 'l2', 'a'],
    ['Escape', 'a', 'input'],
    ['ArrowRight', 'c1', 'c2'],
    ['ArrowUp', 'c2', 'c1'],
    ['Escape', 'c2', 'input'],
    ['Enter', 'c1', null],
    ['ArrowDown', 'retry', null],
    ['Escape', 'retry', 'input'],
    ['Tab', 'a', null],
  ])('%s on %s leads to %s', (key, from, to) => {
    expect(leadsTo(key, at(from), messages, at('input'))?.id ?? null).toBe(to);
  });
});
