/**
 * Turns JSON from the server into the shapes of `types.ts`.
 *
 * A missing or misshapen part becomes its empty value, so that one odd field never costs a person the whole reply.
 */
import type {
  Choice,
  Citation,
  History,
  HistoryEntry,
  Journey,
  Phase,
  Picture,
  Progress,
  Reply,
  Step,
  StepStatus,
} from './types';

type Json = Record<string, unknown>;

const STATUSES: readonly StepStatus[] = ['not_started', 'in_progress', 'passed', 'to_revisit'];

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;
}

function choice(value: unknown): Choice[] {
  const { title, payload } = object(value);
  return text(title) && text(payload) ? [{ title: text(title), payload: text(payload) }] : [];
}

function citation(value: unknown, index: number): Citation[] {
  const from = object(value);
  const title = text(from['title']) || text(from['source']);
  return title ? [{ n: count(from['n']) || index + 1, title, where: text(from['where']) }] : [];
}

function progress(value: unknown): Progress | null {
  const from = object(value);
  const [question, of] = [count(from['question']), count(from['of'])];
  if (!question || !of) return null;
  return { step: text(from['step']), title: text(from['title']), question: Math.min(question, of), of };
}

function picture(value: unknown): Picture | null {
  const { url, alt } = object(value);
  return isSafeImage(text(url)) ? { url: text(url), alt: text(alt) } : null;
}

/** Images come from a path of this site, over http(s), or inline as a bitmap; never from a script or an SVG inline. */
function isSafeImage(url: string): boolean {
  return /^https?:\/\//i.test(url) || /^\/(?!\/)/.test(url) || /^data:image\/(png|jpeg|gif|webp);/i.test(url);
}

export function parseReply(value: unknown): Reply {
  const from = object(value);
  return {
    text: text(from['text']),
    buttons: list(from['buttons'])
      .map((row) => list(row).flatMap(choice))
      .filter((row) => row.length > 0),
    citations: list(from['citations']).flatMap(citation),
    progress: progress(from['progress']),
    image: picture(from['image']),
  };
}

export function parseReplies(body: unknown): Reply[] {
  return list(object(body)['messages']).map(parseReply);
}

function entry(value: unknown): HistoryEntry[] {
  const from = object(value);
  if (from['from'] === 'you') return [{ from: 'you', text: text(from['text']) }];
  if (from['from'] === 'waymark') return [{ from: 'waymark', reply: parseReply(from['reply']) }];
  return [];
}

export function parseHistory(body: unknown): History {
  const { messages, greeting } = object(body);
  return { messages: list(messages).flatMap(entry), greeting: greeting ? parseReply(greeting) : null };
}

function step(value: unknown): Step[] {
  const from = object(value);
  if (!text(from['key'])) return [];
  const status = STATUSES.find((known) => known === from['status']) ?? 'not_started';
  return [
    {
      key: text(from['key']),
      number: count(from['number']) || null,
      title: text(from['title']),
      status,
      current: from['current'] === true,
      answered: count(from['answered']),
      questions: count(from['questions']),
      gaps: count(from['gaps']),
      payload: text(from['payload']),
    },
  ];
}

function phase(value: unknown): Phase {
  const from = object(value);
  return { key: text(from['key']), title: text(from['title']), steps: list(from['steps']).flatMap(step) };
}

export function parseJourney(body: unknown): Journey {
  const from = object(body);
  const audience = from['audience'];
  return {
    organisation: text(from['organisation']) || null,
    audience: audience === 'cluster_organisation' || audience === 'policy_maker' ? audience : null,
    round: count(from['round']) || 1,
    stopped: from['stopped'] === true,
    phases: list(from['phases']).map(phase),
  };
}
