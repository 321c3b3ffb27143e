import type { Db } from "../../db/client.ts";
import type { Calendar } from "../../lib/working-days.ts";
import { workingCalendar } from "../filing/sla.ts";
import { downloadWords } from "./answer-words.ts";
import { openMinutes } from "./hours.ts";
import { type Bureau, bureauColumns } from "./rows.ts";
import { queuesOfBureaus } from "./senders.ts";
import { settingsOf } from "./settings.ts";
import { stopWords } from "./stop-words.ts";

/** `stopped` until a person starts it · `waiting`: what waits does not go · `download`: nothing comes any more */
export type StuckCause = "stopped" | "waiting" | "download";

export type Stuck = {
  bureau: Bureau;
  /** Short name of the provider. */
  isp: string;
  cause: StuckCause;
  since: Date;
  /** A code of the bureau or a word of ours. */
  code: string | null;
};

/** Downloads that went wrong in a row; a bureau is asked once a minute. */
const FAILURES = 5;

type Row = Bureau & {
  isp: string;
  now: Date;
  /** Since when the package that is next is there, and when the queue last got anywhere. */
  madeAt: Date | null;
  workedOffAt: Date | null;
  takenAt: Date | null;
};

/**
 * Bureaus whose queue is stuck, of a provider or of the installation, with every cause. Terms (`stuckAfterMinutes`) count
 * within the hours of the bureau. What waits for another filing of its subject is no fault of the queue: that was worked
 * off to its end.
 */
export async function stuckBureaus(db: Db, ispId?: number): Promise<Stuck[]> {
  const rows = await db<Row[]>`
    select ${bureauColumns(db)}, i.slug as isp, now() as now, b.worked_off_at,
      (select min(p.created_at) from bureau_packages p
        where p.bureau_id = b.id and p.state in ('prepared', 'sending')) as made_at,
      (select p.accepted_at from bureau_packages p where p.bureau_id = b.id and p.accepted_at is not null
        order by p.sequence desc limit 1) as taken_at
    from isp_bureaus b join isps i on i.id = b.isp_id
    where ${ispId === undefined ? db`true` : db`b.isp_id = ${ispId}`}
    order by b.isp_id, b.is_default desc, b.province`;
  if (rows.length === 0) return [];
  const [calendar, queues] = [await workingCalendar(db), await queuesOfBureaus(db)];
  return rows.flatMap((row) => causesOf(row, queues.get(row.id), calendar));
}

function causesOf(row: Row, waitingSince: Date | undefined, calendar: Calendar): Stuck[] {
  const { isp, now, madeAt, workedOffAt, takenAt, ...bureau } = row;
  const set = settingsOf(bureau);
  const isOver = (since: Date): boolean => openMinutes(set, since, now, calendar) >= set.stuckAfterMinutes;
  const found = (cause: StuckCause, since: Date, code: string | null): Stuck => ({
    ...{ bureau, isp, cause, since, code },
  });
  const all: Stuck[] = [];
  if (bureau.stoppedAt) all.push(found("stopped", bureau.stoppedAt, bureau.stoppedReason));
  const oldest = waitingSince && madeAt && madeAt < waitingSince ? madeAt : (waitingSince ?? madeAt);
  const still = oldest && latest(oldest, workedOffAt, takenAt);
  if (!bureau.stoppedAt && still && isOver(still)) all.push(found("waiting", still, null));
  // One that was never asked has nothing to say before something was sent there.
  const heard = bureau.lastDownloadAt ?? takenAt;
  const failing = bureau.downloadFailures >= FAILURES;
  if (failing || (heard && !bureau.stoppedAt && isOver(heard)))
    all.push(found("download", heard ?? now, bureau.downloadProblem));
  return all;
}

const latest = (first: Date, ...others: (Date | null)[]): Date =>
  others.reduce<Date>((best, one) => (one && one > best ? one : best), first);

/** The queue was worked off to its end. */
export async function markWorkedOff(db: Db, bureauId: number): Promise<void> {
  await db`update isp_bureaus set worked_off_at = now() where id = ${bureauId}`;
}

const words: Record<StuckCause, (stuck: Stuck) => string> = {
  stopped: ({ code }) => `上报已停止：${stopWords(code ?? "unknown")}`,
  waiting: () => "等待上报的内容已经超过时限还没有报出去，请查看管局接口是否能连通、后台任务是否在运行",
  download: ({ code }) =>
    code === null
      ? "超过时限没有成功下载管局的结果，请查看后台任务是否在运行"
      : `下载管局的结果连续失败：${downloadWords(code)}`,
};

/** Why it is stuck and what to do, for staff. */
export const stuckWords = (stuck: Stuck): string => words[stuck.cause](stuck);

/** The same in one line of English for those who run it: the provider, the bureau, the cause, since when. */
export const stuckLine = ({ isp, bureau, cause, since, code }: Stuck): string =>
  `the queue of ${isp} to ${bureau.name} (bureau ${bureau.id}) is stuck: ${cause}${code ? ` ${code}` : ""} since ${since.toISOString()}`;
