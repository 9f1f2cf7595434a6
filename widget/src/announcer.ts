/** Long enough for every screen reader to have picked it up, short enough not to be met again when browsing. */
export const ANNOUNCEMENT_MS = 1_000;

/**
 * Says new things through a hidden live region, each in an element of its own that is removed after a second.
 *
 * The visible transcript is no live region: re-rendering it would be read again, history and all.
 */
export class Announcer {
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(readonly region: () => HTMLElement | null) {}

  say(text: string): void {
    const region = this.region();
    if (!region || !text) return;
    const line = document.createElement('div');
    line.textContent = text;
    region.append(line);
    const timer = setTimeout(() => {
      line.remove();
      this.#timers.delete(timer);
    }, ANNOUNCEMENT_MS);
    this.#timers.add(timer);
  }

  stop(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.region()?.replaceChildren();
  }
}
