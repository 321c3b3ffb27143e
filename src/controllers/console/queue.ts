import { Hono } from "hono";
import { cursorText, filterQuery, readCursor, readFilter } from "../../forms/queue.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import type { Staff } from "../../models/actor.ts";
import { NotFound } from "../../models/errors.ts";
import { claimNext } from "../../models/filing/claim-next.ts";
import {
  isQueue,
  type QueueEntry,
  type QueueName,
  queueCounts,
  queuePage,
  queues,
} from "../../models/filing/queues.ts";
import { filingTitle } from "../../models/filing/rows.ts";
import { type State, stateNames } from "../../models/filing/states.ts";
import { subjectNameFor } from "../../models/filing/subject-name.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { codeLabel, codeTable } from "../../vocabulary/code-tables.ts";
import { provinceShortName, provinces } from "../../vocabulary/divisions.ts";
import { kindChoices, kindName } from "../../vocabulary/filing.ts";
import type { Deps } from "../deps.ts";
import { type Clock, clockOf, type WorkingTime, workingTime } from "./clock.ts";
import { worksOn } from "./decisions.ts";
import { doneSentence } from "./done.ts";

/** Rows of a page. */
const PAGE = 50;

/** The queues, one line a filing, most urgent first; 领取下一件. */
export const queue = (deps: Deps) =>
  new Hono<Env>()
    .get("/console", allow("staff"), async (c) => {
      const actor = staffMember(c);
      if (actor.roles.every((role) => role === "administrator")) return page(c, "console/queue/none", {});
      return c.redirect(`/console/queue?stage=${await mostUrgent(deps, actor)}`, 303);
    })
    .get("/console/queue", allow("initial_reviewer", "verifier", "submitter", "service"), (c) =>
      list(c, deps),
    )
    .post("/console/queue/next", allow("initial_reviewer", "verifier", "submitter"), async (c) => {
      const body = await readBody(c);
      const name = queueNamed(text(body, "stage"));
      const { values, filter } = readFilter(
        Object.fromEntries(filterKeys.map((key) => [key, text(body, key)])),
      );
      const next = await claimNext(deps, staffMember(c), {
        queue: name,
        filter,
        requestId: text(body, "requestId"),
      });
      if (!next) return c.redirect(`/console/queue?stage=${name}${filterQuery(values)}&empty=1`, 303);
      return c.redirect(`/console/filings/${next.number}?queue=${name}`, 303);
    });

const filterKeys = ["province", "nature", "kind", "claimed", "age"];

function queueNamed(name: string): QueueName {
  if (!isQueue(name)) throw new NotFound(`no queue ${name}`);
  return name;
}

/** The queue with overdue filings that this person decides on, else the first with any, else the first. */
async function mostUrgent({ db }: Deps, actor: Staff): Promise<QueueName> {
  const counts = (await queueCounts(db, actor)).filter(({ name }) => worksOn(name, actor));
  const [first] = counts;
  const found = counts.find(({ overdue }) => overdue > 0) ?? counts.find(({ total }) => total > 0) ?? first;
  return found?.name ?? "initial";
}

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const name = queueNamed(c.req.query("stage") ?? "initial");
  const { values, filter } = readFilter(c.req.query());
  const [entries, time] = await Promise.all([
    queuePage(deps.db, actor, name, filter, readCursor(c.req.query("after")), PAGE + 1),
    workingTime(deps, actor.ispId),
  ]);
  const shown = entries.slice(0, PAGE);
  const last = entries.length > PAGE ? shown.at(-1) : undefined;
  const base = `/console/queue?stage=${name}`;
  const claimable = new Set(stateNames.filter((state) => actionsFor(state, actor).includes("claim")));
  return page(c, "console/queue/page", {
    name,
    label: queues[name].label,
    rows: shown.map((entry) => rowOf(deps, actor, entry, { ...time, claimable })),
    values,
    provinces,
    natures: codeTable("unit_nature").rows,
    kinds: kindChoices,
    address: base + filterQuery(values),
    clear: base,
    next: last && `${base}${filterQuery(values)}&after=${cursorText(last)}`,
    first: c.req.query("after") ? base + filterQuery(values) : undefined,
    mayClaim: worksOn(name, actor),
    timed: shown.some(({ dueAt }) => dueAt !== null),
    done: await doneSentence(deps, actor, c.req.query("done")),
    empty: c.req.query("empty") !== undefined,
  });
}

type Row = {
  number: string;
  title: string;
  domain: string;
  clock: Clock;
  subject: string;
  kind: string;
  nature: string;
  province: string;
  errors: number;
  warnings: number;
  round: string;
  holder: string | undefined;
  mine: boolean;
  mayClaim: boolean;
};

function rowOf(
  deps: Deps,
  actor: Staff,
  entry: QueueEntry,
  about: WorkingTime & { claimable: ReadonlySet<State> },
): Row {
  const mine = entry.claimedByName !== null && entry.claimedBy === actor.staffId;
  return {
    number: entry.number,
    title: filingTitle(entry),
    domain: entry.siteName ? (entry.domain ?? "") : "",
    clock: clockOf(entry, about),
    subject: subjectNameFor(deps, actor, entry),
    kind: kindName(entry),
    nature: codeLabel("unit_nature", String(entry.nature)),
    province: entry.province ? provinceShortName(entry.province) : "",
    errors: entry.errors,
    warnings: entry.warnings,
    round: roundOf(entry),
    holder: mine ? "我" : (entry.claimedByName ?? undefined),
    mine,
    mayClaim: about.claimable.has(entry.state),
  };
}

/** Submissions are counted; the one to the verification comes on top of those to the initial review. */
function roundOf({ state, round }: QueueEntry): string {
  const times = state === "initial_review" ? round : round - 1;
  return times > 1 ? `第${times}次` : "";
}
