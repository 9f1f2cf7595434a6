/** How things read: the same words for the eye and for the ear. */
import { plainText } from './markdown';
import type { Item } from './transcript';
import { wordsOf, type Citation, type Progress } from './types';

/** How many numbered steps the journey has; funding runs beside them. */
const STEPS = 10;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export function superscript(n: number): string {
  return String(n).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? digit);
}

export function citationText({ title, where }: Citation): string {
  return where ? `${title}, ${where}` : title;
}

/** The last part stays on one line where there is room for it, hence its hard spaces. */
export function progressParts(progress: Progress): string[] {
  const step = /^\d+$/.test(progress.step) ? `Step ${progress.step} of ${STEPS}` : '';
  return [step, progress.title, `question\u00a0${progress.question}\u00a0of\u00a0${progress.of}`].filter(Boolean);
}

export function speakerOf(item: Item): string {
  if (item.kind === 'you') return 'You said:';
  return item.kind === 'reply' ? 'Waymark said:' : 'Note:';
}

/** An item as it is announced: who, what, and which choices there are. */
export function announcementOf(item: Item): string {
  const speaker = speakerOf(item);
  if (item.kind === 'you') return `${speaker} ${wordsOf(item.outgoing)}`;
  if (item.kind === 'note') return `${speaker} ${item.text}`;
  const { reply } = item;
  const titles = reply.buttons.flat().map((button) => button.title);
  const parts = [
    reply.progress ? `${progressParts(reply.progress).join(', ')}.` : '',
    plainText(reply.text),
    reply.image?.alt ? `Image: ${reply.image.alt}` : '',
    titles.length > 0 ? `Choices: ${titles.join(', ')}.` : '',
  ];
  return [speaker, ...parts.filter(Boolean)].join(' ');
}
