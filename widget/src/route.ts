/** The journey as the map shows it: stretches of consecutive steps under one heading, funding beside them all. */
import type { Journey, Step, StepStatus } from './types';

export interface Stretch {
  readonly title: string;
  readonly steps: readonly Step[];
}

const BESIDE = 'Throughout';

/**
 * Steps in the order they are walked, grouped where neighbours share a phase.
 *
 * A phase may come twice: Use networks holds steps 6 and 10, with Take action in between.
 */
export function stretches(journey: Journey): Stretch[] {
  const walked = journey.phases
    .flatMap((phase) => phase.steps.map((step) => ({ title: step.number === null ? BESIDE : phase.title, step })))
    .sort((a, b) => (a.step.number ?? Infinity) - (b.step.number ?? Infinity) || 0);
  const result: { title: string; steps: Step[] }[] = [];
  for (const { title, step } of walked) {
    const last = result.at(-1);
    if (last?.title === title) last.steps.push(step);
    else result.push({ title, steps: [step] });
  }
  return result;
}

export function summary(journey: Journey): string {
  const steps = journey.phases.flatMap((phase) => phase.steps).filter((step) => step.number !== null);
  const passed = steps.filter((step) => step.status === 'passed').length;
  return `${passed} of ${steps.length} steps passed`;
}

export const STATUS_WORDS: Record<StepStatus, string> = {
  not_started: 'Not started',
  in_progress: 'In progress',
  passed: 'Passed',
  to_revisit: 'To revisit',
};

/** The line under a step's title; a step not yet begun needs none for the eye. It breaks only between its parts. */
export function remark(step: Step): string {
  return [
    step.current ? 'You are here' : '',
    step.status === 'not_started' ? '' : STATUS_WORDS[step.status],
    step.gaps > 0 ? `${step.gaps} to work on` : '',
  ]
    .filter(Boolean)
    .map((part) => part.replaceAll(' ', '\u00a0'))
    .join(' · ');
}

/** What a press on the step says in the conversation. */
export function wordsOfStep(step: Step): string {
  return step.number === null ? step.title : `Step ${step.number}: ${step.title}`;
}
