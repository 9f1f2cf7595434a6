/** The shapes that travel between the server and the widget, under the names the HTTP interface gives them. */

export interface Choice {
  readonly title: string;
  readonly payload: string;
}

export interface Citation {
  readonly n: number;
  readonly title: string;
  readonly where: string;
}

export interface Progress {
  readonly step: string;
  readonly title: string;
  readonly question: number;
  readonly of: number;
}

export interface Picture {
  readonly url: string;
  readonly alt: string;
}

export interface Reply {
  readonly text: string;
  /** Rows of choices, as the server arranged them. */
  readonly buttons: readonly (readonly Choice[])[];
  readonly citations: readonly Citation[];
  readonly progress: Progress | null;
  readonly image: Picture | null;
}

export type HistoryEntry =
  | { readonly from: 'you'; readonly text: string }
  | { readonly from: 'waymark'; readonly reply: Reply };

export interface History {
  readonly messages: readonly HistoryEntry[];
  readonly greeting: Reply | null;
}

export type StepStatus = 'not_started' | 'in_progress' | 'passed' | 'to_revisit';

export interface Step {
  readonly key: string;
  readonly number: number | null;
  readonly title: string;
  readonly status: StepStatus;
  readonly current: boolean;
  readonly answered: number;
  readonly questions: number;
  readonly gaps: number;
  readonly payload: string;
}

export interface Phase {
  readonly key: string;
  readonly title: string;
  readonly steps: readonly Step[];
}

export interface Journey {
  readonly organisation: string | null;
  readonly audience: 'cluster_organisation' | 'policy_maker' | null;
  readonly round: number;
  readonly stopped: boolean;
  readonly phases: readonly Phase[];
}

/** What a person sends: words they typed, or a choice they made (its title is what they see as their own message). */
export type Outgoing = { readonly text: string } | { readonly payload: string; readonly title: string };

/** The words that stand in the transcript for something sent. */
export function wordsOf(outgoing: Outgoing): string {
  return 'text' in outgoing ? outgoing.text : outgoing.title;
}
