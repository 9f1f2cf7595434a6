/** Where the session's token is kept between visits. */
export interface TokenStore {
  read(): string | null;
  write(token: string): void;
}

/**
 * Keeps the token in localStorage, and in memory where the browser blocks that: private windows and frames of other
 * sites throw on the first touch, and a conversation that lasts until the page closes is better than none.
 */
export function tokenStore(key: string): TokenStore {
  let inMemory: string | null = null;
  return {
    read() {
      try {
        return localStorage.getItem(key) ?? inMemory;
      } catch {
        return inMemory;
      }
    },
    write(token) {
      inMemory = token;
      try {
        localStorage.setItem(key, token);
      } catch {
        // The copy in memory serves until the page closes.
      }
    },
  };
}
