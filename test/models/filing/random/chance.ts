/** Numbers that look random and are the same for the same seed (mulberry32, public domain). */
export type Chance = {
  /** 0 inclusive to 1 exclusive. */
  next(): number;
  /** True so often: 0.1 is once in ten. */
  hit(share: number): boolean;
  pick<T>(from: readonly T[]): T;
};

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    hit: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)] as never,
  };
}
