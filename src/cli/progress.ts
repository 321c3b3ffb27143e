const WIDTH = 30;
/** Milliseconds between two drawings. */
const PACE = 100;

/** [#########---------------------]  30 %, with a word behind it. */
export function bar(part: number, words: string): string {
  const done = Math.round(Math.max(0, Math.min(1, part)) * WIDTH);
  return `[${"#".repeat(done)}${"-".repeat(WIDTH - done)}] ${String(Math.round(part * 100)).padStart(3)} %  ${words}`;
}

/** A bar on the error output of a terminal, so that what a command prints stays clean; elsewhere nothing. */
export function progressBar(shown: boolean): { show(part: number, words: string): void; end(): void } {
  const draws = shown && process.stderr.isTTY === true;
  let last = 0;
  return {
    show: (part, words) => {
      if (!draws || (part < 1 && Date.now() - last < PACE)) return;
      last = Date.now();
      process.stderr.write(`\r${bar(part, words)}\u001b[K`);
    },
    end: () => void (draws && process.stderr.write("\r\u001b[K")),
  };
}
