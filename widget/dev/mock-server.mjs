/**
 * Serves the page with a scripted conversation instead of the assistant, to work on the widget without Python.
 *
 *   node dev/mock-server.mjs [port]      8010 unless given; Ctrl+C ends it
 *
 * What is sent decides what happens: "slow" answers after three seconds, "fail" drops the connection the first time,
 * "busy" is refused with 429, "long" with 422, "expire" forgets the session, "markup" answers with HTML as text, "demo"
 * fills the map. Anything else goes on with the script below. The texts here serve the widget only and state no facts.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';

const STATIC = new URL('../../assistant/web/static/', import.meta.url);
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

const ANSWERS = ['Yes', 'Partly', 'Not yet', 'Why this?'];
const TITLES = [
  'Why internationalise?', 'Assess readiness', 'Identify opportunities', 'Create strategy and action plan',
  'Implement training', 'Identify partners', 'Develop trust and projects', 'Implement projects', 'Measure success',
  'Sustain the networks',
];
const QUESTIONS = [3, 2, 3, 5, 3, 4, 2, 5, 7, 2];

const reply = (text, more = {}) => ({
  text, buttons: [], citations: [], progress: null, image: null, attachments: [], ...more,
});
const row = (...titles) => [titles.map((title) => ({ title, payload: `/say{"words":"${title}"}` }))];
const cite = (n, where) => ({ n, source: 'tactics', title: 'TACTICS handbook', where, lines: '1' });
const at = (question) => ({ step: '1', title: 'Why internationalise?', question, of: 3 });

const GREETING = reply(
  'Hello. I walk cluster managers and policy makers through ten steps of going abroad, and remember what '
    + 'you answer.\n\nWhich of the two are you?',
  { buttons: row('Cluster organisation', 'Policy maker', 'Just tell me') },
);

const SCRIPT = [
  () => [reply('How far have you come abroad?', {
    buttons: row('Not started', 'We have an idea where', 'We have a strategy', 'Projects are running'),
  })],
  () => [
    reply('Then **step 1** is where to begin. Three questions; each answer decides what you need.'),
    reply('*Do you understand the benefits for your organisation, and for those you support?*', {
      progress: at(1), buttons: row(...ANSWERS), citations: [cite(1, 'Step 1, checklist')],
    }),
  ],
  () => [reply(
    'Noted as **partly**, with your words kept as evidence.¹ What usually counts:\n- a survey of members\n'
      + '- figures on the market\n- a note of what stops firms on their own\n\n'
      + '*Have you gathered solid evidence of need?*',
    { progress: at(2), buttons: row(...ANSWERS),
      citations: [cite(1, 'Step 1, checklist'), cite(2, 'Step 1, useful tools')] },
  )],
  () => [reply(
    'Noted. Last question of this step.\n\n*Is it clear which reasons to go abroad come first for you?*',
    { progress: at(3), buttons: row(...ANSWERS), citations: [cite(1, 'Step 1, checklist')] },
  )],
];

const sessions = new Map();
const dropped = new Set();
let issued = 0;

function journey(session) {
  const step = (number) => {
    const [questions, turns] = [QUESTIONS[number - 1], session.turn];
    const status = session.demo?.[number - 1] ?? (number === 1 && turns > 1 ? 'in_progress' : 'not_started');
    const begun = Math.min(questions, Math.max(1, turns - 2));
    const answered = { passed: questions, to_revisit: questions, in_progress: begun };
    return {
      key: String(number), number, title: TITLES[number - 1], short: TITLES[number - 1], status,
      current: number === (session.at ?? 1), answered: answered[status] ?? 0, questions,
      gaps: status === 'to_revisit' ? 1 : 0, payload: `/open_step{"step":"${number}"}`,
    };
  };
  const funding = { ...step(1), key: 'funding', number: null, title: 'Utilise funding', status: 'not_started',
    current: false, answered: 0, questions: 2, payload: '/open_step{"step":"funding"}' };
  return {
    organisation: session.demo ? 'Northern Timber Cluster' : null, audience: 'cluster_organisation', round: 1,
    current: '1', stopped: false,
    phases: [
      { key: 'get_ready', title: 'Get ready', steps: [1, 2, 3, 4, 5].map(step) },
      { key: 'use_networks', title: 'Use networks', steps: [6, 10].map(step) },
      { key: 'take_action', title: 'Take action', steps: [7, 8, 9].map(step) },
      { key: 'utilise_funding', title: 'Utilise funding', steps: [funding] },
    ],
  };
}

function answer(session, said) {
  if (said === 'markup') {
    return [reply('<img src=x onerror=alert(1)> <b>not bold</b> [link](javascript:alert(1))')];
  }
  if (said === 'demo') {
    session.demo = ['passed', 'passed', 'to_revisit', 'in_progress'];
    session.at = 4;
    return [reply('The map now shows every status.', { buttons: row('Thank you') })];
  }
  const opened = TITLES.findIndex((title) => said.endsWith(title));
  if (opened >= 0) {
    session.at = opened + 1;
    const words = `**${said}** is open. It asks ${QUESTIONS[opened]} questions.`;
    return [reply(words, { buttons: row('Start', 'Not now') })];
  }
  return SCRIPT[session.turn++ % SCRIPT.length]();
}

const refuse = (response, status, message) => json(response, status, { error: { code: String(status), message } });

function json(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function chat(request, response, token) {
  const session = sessions.get(token);
  let body = '';
  for await (const part of request) body += part;
  const sent = JSON.parse(body);
  const said = sent.title ?? sent.text;
  if (said === 'fail' && !dropped.has(token)) {
    dropped.add(token);
    return request.socket.destroy();
  }
  if (said === 'busy') return refuse(response, 429, 'That was a lot at once. Wait a minute, then send it again.');
  if (said === 'long') return refuse(response, 422, 'A message can have 2,000 characters at most.');
  if (said === 'expire' && session.history.length > 0) {
    sessions.delete(token);
    return refuse(response, 401, 'Unknown token.');
  }
  await new Promise((resolve) => setTimeout(resolve, said === 'slow' ? 3000 : 60));
  const messages = answer(session, said);
  session.history.push({ from: 'you', text: said });
  session.history.push(...messages.map((message) => ({ from: 'waymark', reply: message })));
  json(response, 200, { messages });
}

async function api(request, response, path) {
  if (path === '/api/session') {
    const token = `mock-${++issued}`;
    sessions.set(token, { turn: 0, history: [] });
    return json(response, 201, { token });
  }
  const token = request.headers.authorization?.replace('Bearer ', '');
  const session = sessions.get(token);
  if (!session) return refuse(response, 401, 'Unknown token.');
  if (path === '/api/chat') return chat(request, response, token);
  if (path === '/api/journey') return json(response, 200, journey(session));
  return json(response, 200, { messages: session.history, greeting: GREETING });
}

async function file(response, path) {
  const name = path === '/' ? 'index.html' : path.replace(/^\/static\//, '');
  const content = /^[\w.-]+$/.test(name) ? await readFile(new URL(name, STATIC)).catch(() => null) : null;
  if (!content) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(name)] ?? 'text/plain', 'content-security-policy': POLICY });
  response.end(content);
}

const port = Number(process.argv[2] ?? 8010);
createServer((request, response) => {
  // Browsers quietly repeat a request whose kept-alive connection drops, and "fail" would never be seen.
  response.setHeader('connection', 'close');
  const { pathname } = new URL(request.url, 'http://localhost');
  return pathname.startsWith('/api/') ? api(request, response, pathname) : file(response, pathname);
}).listen(port, '127.0.0.1', () => {
  console.log(`Waymark's page, with a scripted conversation: http://127.0.0.1:${port}/`);
});
