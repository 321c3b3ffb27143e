/** Why a bureau is left alone for a while. */
export type PauseKind = keyof typeof pauses;

const MINUTE = 60_000;

/**
 * Milliseconds of the pause after so many tries in a row that got nowhere; the last holds from there on.
 * - `silence`: nobody there, or no answer that could be read
 * - `full` 15: the bureau works off what it has · `hours` 20: it says so once more until its hours come
 * - `maintenance` 901, 902 · `other` 999 and whatever else may pass
 */
export const pauses = {
  silence: [10_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE],
  full: [30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE],
  hours: [10 * MINUTE, 30 * MINUTE],
  maintenance: [2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  other: [10_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE],
} as const satisfies Record<string, readonly number[]>;

const kinds: Record<string, PauseKind> = { 15: "full", 20: "hours", 901: "maintenance", 902: "maintenance" };

/** The kind of pause after a msg_code. */
export const pauseAfter = (code: number | string): PauseKind => kinds[code] ?? "other";

/** How long the pause is at the nth try that got nowhere. */
export function pauseLength(kind: PauseKind, nth: number): number {
  const row = pauses[kind];
  return row[Math.min(Math.max(nth, 1), row.length) - 1] ?? 0;
}
