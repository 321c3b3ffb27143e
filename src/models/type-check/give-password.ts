import { textOf } from "../../vocabulary/fields/display.ts";
import type { Registrant, Staff } from "../actor.ts";
import { passwordHash, sealPassword } from "../filing/icp-password.ts";
import { mustBeWritable } from "../filing/on-behalf.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { arrange, sectionsOf } from "../filing/sections.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";

/** Kinds whose operation the bureau lets through with a 备案密码. */
export const takesPassword = ({ kind, hasPassword }: Pick<Filing, "kind" | "hasPassword">): boolean =>
  kind !== "first" && (kind !== "add" || hasPassword);

/** The 备案号 that the password belongs to: of the website of a 新增接入, else of the subject. */
export async function numberOnRecord(store: Store, filing: Filing): Promise<string> {
  const { subject, websites } = arrange(await sectionsOf(store, filing));
  const own = filing.kind === "join" ? websites[0]?.values : subject.values;
  return textOf(own ?? {}, "number");
}

/** Keeps the hash of a password, sealed, in the place of the one before. Throws NotFound and TransitionRefused. */
export async function givePassword(
  store: RootStore,
  actor: Registrant | Staff,
  { id }: Pick<Filing, "id">,
  { password, checked }: { password: string; checked: "right" | "unchecked" },
): Promise<void> {
  await inTransaction(store, async (inside) => {
    const filing = await lockFiling(inside.db, id, actor);
    mustBeWritable(filing, actor);
    await sealPassword(inside, filing, passwordHash(password));
    await inside.db`update type_checks set password = ${checked} where filing_id = ${id}`;
  });
}
