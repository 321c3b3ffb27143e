import fc from "fast-check";

/** Cases tried of a property, and milliseconds after which it stops trying. */
const RUNS = 300;
const TIME = 3000;

/**
 * Tries a property on many values; what fails is thrown with its seed and the smallest value that fails, so that it can
 * be run again with OPENBEIAN_SEED.
 */
export function holds<T>(values: fc.Arbitrary<T>, check: (value: T) => void, runs = RUNS): void {
  const seed = process.env.OPENBEIAN_SEED;
  fc.assert(
    fc.property(values, (value) => check(value)),
    {
      numRuns: runs,
      interruptAfterTimeLimit: TIME,
      ...(seed ? { seed: Number(seed) } : {}),
    },
  );
}

/** The full-width spelling of ASCII letters, digits and signs. */
export const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
