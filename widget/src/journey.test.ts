import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import './main';
import type { WaymarkChat } from './chat';
import type { WaymarkJourney } from './journey';
import { parseJourney } from './parse';
import { remark, stretches, summary } from './route';
import { fakeServer, reply, until, type FakeServer } from './testing';
import { wireDisclosures } from './wire';

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function step(number: number | null, more: object = {}): object {
  return {
    key: String(number ?? 'funding'), number, title: `Title ${number}`, short: '', status: 'not_started',
    current: false, answered: 0, questions: 3, gaps: 0, payload: `/open_step{"step":"${number}"}`, ...more,
  };
}

function body(first: object = {}): object {
  const of = (...numbers: number[]): object[] => numbers.map((n) => step(n, n === 1 ? first : {}));
  return {
    organisation: null, audience: 'cluster_organisation', round: 1, current: '1', stopped: false,
    phases: [
      { key: 'get_ready', title: 'Get ready', steps: of(1, 2, 3, 4, 5) },
      { key: 'use_networks', title: 'Use networks', steps: of(6, 10) },
      { key: 'take_action', title: 'Take action', steps: of(7, 8, 9) },
      { key: 'utilise_funding', title: 'Utilise funding', steps: [step(null)] },
    ],
  };
}

describe('the route', () => {
  it('puts consecutive steps under their phase, networks twice, funding beside', () => {
    const found = stretches(parseJourney(body()));
    const groups = found.map(({ title, steps }) => [title, steps.map(({ number }) => number)]);
    expect(groups).toEqual([
      ['Get ready', [1, 2, 3, 4, 5]],
      ['Use networks', [6]],
      ['Take action', [7, 8, 9]],
      ['Use networks', [10]],
      ['Throughout', [null]],
    ]);
  });

  it('counts the numbered steps passed', () => {
    expect(summary(parseJourney(body({ status: 'passed' })))).toBe('1 of 10 steps passed');
  });

  it.each([
    [{}, ''],
    [{ current: true }, 'You~are~here'],
    [{ status: 'to_revisit', gaps: 2 }, 'To~revisit · 2~to~work~on'],
    [{ status: 'passed' }, 'Passed'],
    [{ status: 'unheard of' }, ''],
  ])('remarks on %j', (more, expected) => {
    const first = parseJourney(body(more)).phases[0]?.steps[0];
    expect(first && remark(first).replaceAll('\u00a0', '~')).toBe(expected);
  });
});

describe('on a page', () => {
  let server: FakeServer;
  let first: object = { status: 'in_progress', current: true, answered: 2 };
  let chat: WaymarkChat;
  let journey: WaymarkJourney;
  let toggle: HTMLButtonElement;
  let pages = 0;

  const stations = (): HTMLButtonElement[] => [...(journey.shadowRoot?.querySelectorAll('button') ?? [])];
  const asked = (end: string): number => server.sent.filter(({ path }) => path.endsWith(end)).length;

  beforeEach(async () => {
    localStorage.clear();
    server = fakeServer(({ path }) => {
      if (path.endsWith('/session')) return { status: 201, body: { token: 't' } };
      if (path.endsWith('/journey')) return { body: body(first) };
      if (path.endsWith('/chat')) return { body: { messages: [reply('Open.')] } };
      return { body: { messages: [], greeting: reply('Hello') } };
    });
    vi.stubGlobal('fetch', server.fetch);
    const key = `journey-page-${++pages}`;
    document.body.innerHTML = `<button data-waymark-discloses aria-controls="map" aria-expanded="false"></button>
      <div id="map"><waymark-journey for="talk" storage-key="${key}"></waymark-journey></div>
      <waymark-chat id="talk" storage-key="${key}"></waymark-chat>`;
    toggle = document.querySelector('button') as HTMLButtonElement;
    journey = document.querySelector('waymark-journey') as WaymarkJourney;
    chat = document.querySelector('waymark-chat') as WaymarkChat;
    wireDisclosures();
    await until(() => stations().length === STEPS.length + 1);
    await until(() => (chat.shadowRoot?.querySelectorAll('article').length ?? 0) === 1);
  });

  afterEach(() => {
    document.body.innerHTML = '';
    vi.unstubAllGlobals();
  });

  it('marks the current step and says each status in words', () => {
    const marked = stations().filter((station) => station.getAttribute('aria-current') === 'step');
    expect(marked).toHaveLength(1);
    expect(marked[0]?.textContent?.replace(/\s+/g, ' ')).toContain(
      'Title 1. 2 of 3 questions answered. You are here · In progress',
    );
    expect(stations()[1]?.textContent).toContain('Not started');
    expect(asked('/session')).toBe(1);
  });

  it('hands a pressed step to the conversation, and reloads after the reply with the button still there', async () => {
    const pressed = stations()[2];
    pressed?.focus();
    first = { status: 'passed', answered: 3 };
    pressed?.click();
    await until(() => stations()[0]?.className === 'passed');
    expect(server.sent.find(({ path }) => path.endsWith('/chat'))?.body).toEqual({
      payload: '/open_step{"step":"3"}',
      title: 'Step 3: Title 3',
    });
    expect(asked('/journey')).toBe(2);
    expect(journey.shadowRoot?.activeElement).toBe(pressed);
  });

  it('keeps the map it has when it cannot be reloaded, and offers to try again', async () => {
    const usual = server.answer;
    server.answer = () => 'lost';
    await journey.reload();
    await journey.updateComplete;
    expect(stations().map((station) => station.textContent?.trim())).toContain('Try again');
    expect(stations()).toHaveLength(STEPS.length + 2);
    server.answer = usual;
    await journey.reload();
    await until(() => stations().length === STEPS.length + 1);
  });

  it('opens behind its button, and closes on Escape, on a choice and when the focus moves on', () => {
    const map = document.getElementById('map') as HTMLElement;
    const open = (): boolean => map.hasAttribute('data-open') && toggle.getAttribute('aria-expanded') === 'true';
    toggle.click();
    expect(open()).toBe(true);
    stations()[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect(open()).toBe(false);
    expect(document.activeElement).toBe(toggle);
    toggle.click();
    stations()[0]?.click();
    expect(open()).toBe(false);
    toggle.click();
    chat.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    expect(open()).toBe(false);
  });
});
