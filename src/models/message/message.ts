import { openText, seal } from "../../crypto/seal.ts";
import { type Actor, actorId } from "../actor.ts";
import { type Filing, filingContext, filingKey } from "../filing/rows.ts";
import { type Context, transition } from "../filing/transition.ts";
import type { RootStore, Store } from "../store.ts";

/** One message (留言) between the registrant and the provider's staff. */
export type Message = {
  id: number;
  from: "registrant" | "staff";
  author: string;
  body: string;
  createdAt: Date;
  readAt: Date | null;
};

/** Row 32: writes a message in either direction; the other side is told. */
export const writeMessage = (
  store: RootStore,
  act: { filingId: number; actor: Actor; requestId: string },
  body: string,
): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "message",
    within: (context) => insertMessage(context, body),
  });

/** The row of a message; for transitions that say something besides. */
export async function insertMessage(
  { store: { db, vault }, filing, actor }: Pick<Context, "store" | "filing" | "actor">,
  body: string,
): Promise<void> {
  const sealed = seal(filingKey({ db, vault }, filing), body, filingContext(filing, "message"));
  const [account, staff] = actor.kind === "staff" ? [null, actorId(actor)] : [actorId(actor), null];
  await db`
    insert into messages (filing_id, isp_id, account_id, staff_id, body_sealed)
    values (${filing.id}, ${filing.ispId}, ${account}, ${staff}, ${sealed})`;
}

type Row = { id: number; staffName: string | null; bodySealed: Buffer; createdAt: Date; readAt: Date | null };

/** The messages of a filing, oldest first. The registrant reads staff as 审核员. */
export async function messagesOf(store: Store, filing: Filing): Promise<Message[]> {
  const rows = await store.db<Row[]>`
    select m.id, s.name as staff_name, m.body_sealed, m.created_at, m.read_at
    from messages m left join staff s on s.id = m.staff_id where m.filing_id = ${filing.id} order by m.id`;
  const key = filingKey(store, filing);
  return rows.map(({ id, staffName, bodySealed, createdAt, readAt }) => ({
    id,
    from: staffName === null ? "registrant" : "staff",
    author: staffName ?? "主办者",
    body: openText(key, bodySealed, filingContext(filing, "message")),
    createdAt,
    readAt,
  }));
}

/** Marks what the other side wrote as read. */
export async function readMessages({ db }: Store, filing: Filing, reader: Actor): Promise<void> {
  const written = reader.kind === "staff" ? db`account_id is not null` : db`staff_id is not null`;
  await db`update messages set read_at = now() where filing_id = ${filing.id} and read_at is null and ${written}`;
}
