/** Answers by a key, each asked for at most once in a while; `forget` asks anew from now on. */
export type Memory<T> = { of(key: string, find: () => Promise<T>): Promise<T>; forget(): void };

/**
 * Remembers answers for `fresh` milliseconds, so that a busy process asks the database once and not for every request;
 * questions that come while the first is under way share it. A failed one is not kept. Holds at most `most` keys, since
 * some are whatever a sender writes.
 */
export function memory<T>(fresh: number, most = 500): Memory<T> {
  const kept = new Map<string, { answer: Promise<T>; until: number }>();
  const ask = (key: string, find: () => Promise<T>): Promise<T> => {
    if (kept.size >= most) kept.clear();
    const entry = { answer: find(), until: Date.now() + fresh };
    kept.set(key, entry);
    entry.answer.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    return entry.answer;
  };
  return {
    of: (key, find) => {
      const found = kept.get(key);
      return found && found.until > Date.now() ? found.answer : ask(key, find);
    },
    forget: () => kept.clear(),
  };
}
