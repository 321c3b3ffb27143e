import type { Db } from "../../../../src/db/client.ts";
import type { State } from "../../../../src/models/filing/states.ts";
import { isOver, type Model } from "./model.ts";

type Row = {
  state: State;
  returnedFrom: string | null;
  holder: number | null;
  holds: number;
  password: boolean;
  events: number;
  lastState: State;
  packages: number;
};

/** What holds after every step, whatever happened; gives the first thing that does not. */
export async function faultOf(db: Db, model: Model): Promise<string | undefined> {
  const [row] = await db<Row[]>`
    select f.state, f.returned_from, case when f.claimed_until > now() then f.claimed_by end as holder,
      (select count(*)::int from filing_holds h where h.filing_id = f.id) as holds,
      f.icp_password_sealed is not null as password,
      (select count(*)::int from filing_events e where e.filing_id = f.id) as events,
      (select e.to_state from filing_events e where e.filing_id = f.id order by e.seq desc limit 1) as last_state,
      (select count(*)::int from bureau_requests r where r.filing_id = f.id and r.state = 'open') as packages
    from filings f where f.id = ${model.id}`;
  if (!row) return "the filing is gone";
  const wanted: [string, unknown, unknown][] = [
    ["state", row.state, model.state],
    ["origin of the return", row.returnedFrom, model.returnedFrom],
    ["holder of the claim", row.holder, model.claim],
    ["events", row.events, model.events],
    ["state of the last event", row.lastState, model.state],
    ["open packages", row.packages, model.packages === "open" ? 1 : 0],
    ["holds something", row.holds > 0, !isOver(model)],
  ];
  const wrong = wanted.find(([, is, should]) => is !== should);
  if (wrong) return `${wrong[0]}: ${wrong[1]}, the model says ${wrong[2]}`;
  if (isOver(model) && row.password) return "the password outlives the filing";
  return isOver(model) && row.holder !== null ? "a claim outlives the filing" : undefined;
}
