import type { Store } from "../store.ts";

/** So many in so many seconds, for one kind of thing (`login-account`). */
export type Limit = { name: string; most: number; seconds: number };

/** `hits` in the sliding window; `over` when there are more than allowed; then `retryAfter` seconds help. */
export type Count = { hits: number; over: boolean; retryAfter: number };

/** The digest that stands for an account name or an address: the table tells nobody who they were. */
const keyOf = ({ vault }: Store, { name }: Limit, subject: string): Buffer =>
  vault.sign("rate-limit", `${name}\0${subject}`);

type Windows = { current: number; former: number; passed: number };

/**
 * Sliding window of two fixed ones: all of the current one and the part of the former that still lies inside. This is
 * the counter of Cloudflare's "How we built rate limiting", 2017: two rows a subject instead of one a hit.
 */
function judge({ most, seconds }: Limit, { current, former, passed }: Windows): Count {
  const hits = current + former * (1 - passed / seconds);
  return { hits: Math.floor(hits), over: hits > most, retryAfter: Math.max(1, Math.ceil(seconds - passed)) };
}

/** Counts one and gives the count including it. */
export async function countHit(store: Store, limit: Limit, subject: string): Promise<Count> {
  const key = keyOf(store, limit, subject);
  const [row] = await store.db<Windows[]>`
    with now_at as (
      select to_timestamp(floor(extract(epoch from now()) / ${limit.seconds}) * ${limit.seconds}) as start),
    hit as (
      insert into rate_limits (key, window_start, hits) select ${key}, start, 1 from now_at
      on conflict (key, window_start) do update set hits = rate_limits.hits + 1
      returning hits)
    select hit.hits as current, coalesce(f.hits, 0) as former,
      extract(epoch from now() - start)::float as passed
    from hit, now_at
    left join rate_limits f on f.key = ${key} and f.window_start = start - make_interval(secs => ${limit.seconds})`;
  return judge(limit, row ?? { current: 1, former: 0, passed: 0 });
}

/** The count as it stands, without adding to it. `over` means that one more would be too many. */
export async function readCount(store: Store, limit: Limit, subject: string): Promise<Count> {
  const key = keyOf(store, limit, subject);
  const [row] = await store.db<Windows[]>`
    with now_at as (
      select to_timestamp(floor(extract(epoch from now()) / ${limit.seconds}) * ${limit.seconds}) as start)
    select coalesce(c.hits, 0) as current, coalesce(f.hits, 0) as former,
      extract(epoch from now() - start)::float as passed
    from now_at
    left join rate_limits c on c.key = ${key} and c.window_start = start
    left join rate_limits f on f.key = ${key} and f.window_start = start - make_interval(secs => ${limit.seconds})`;
  const count = judge(limit, row ?? { current: 0, former: 0, passed: 0 });
  return { ...count, over: count.hits >= limit.most };
}

/**
 * Takes the newest hit back: it was no guess. What was guessed wrong before still counts, so that one's own right answer
 * buys no more tries at another's.
 */
export async function takeBackHit(store: Store, limit: Limit, subject: string): Promise<void> {
  const key = keyOf(store, limit, subject);
  await store.db`
    update rate_limits set hits = greatest(hits - 1, 0)
    where key = ${key} and window_start = (select max(window_start) from rate_limits where key = ${key})`;
}

/** Forgets what was counted: somebody has shown who they are. */
export async function clearCount(store: Store, limit: Limit, subject: string): Promise<void> {
  await store.db`delete from rate_limits where key = ${keyOf(store, limit, subject)}`;
}
