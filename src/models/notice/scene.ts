import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { type FilingKind, kindName, type Scope } from "../../vocabulary/filing.ts";
import { accountContext } from "../account/rows.ts";
import { doneWord, hasSmsCheck } from "../filing/states.ts";
import { hostsOf } from "../isp/isp.ts";
import type { Store } from "../store.ts";
import type { Sending } from "./sending.ts";

/** What every notice may show besides its own variables. */
export type Scene = {
  isp: { name: string; phone: string; qq: string | null; serviceHours: string; hosts: string[] };
  /** Name of the addressee; undefined when it is not known. */
  person: string | undefined;
  /** Staff are not greeted with 您好, and their links lead to the console. */
  isStaff: boolean;
  /** `title` names the filing in a line: the site, else the organisation, else the number. */
  filing: { number: string; title: string; kind: FilingKind; scope: Scope | null } | undefined;
};

/** 变更网站 and 变更成功: what the filing of a notice is called, and what it is called when it is done. */
export const wordsOf = (filing: NonNullable<Scene["filing"]>): Record<string, unknown> => ({
  business: kindName(filing),
  done: doneWord(filing),
  hasSmsCheck: hasSmsCheck(filing),
});

/** Looks up the provider, the addressee and the filing of a notice. */
export async function sceneOf(store: Store, notice: Sending): Promise<Scene> {
  const [isp] = await store.db<Omit<Scene["isp"], "hosts">[]>`
    select name, phone, qq, service_hours from isps where id = ${notice.ispId}`;
  if (!isp) throw new Error("a notice without its provider");
  return {
    isp: { ...isp, hosts: await hostsOf(store.db, notice.ispId) },
    person: await personOf(store, notice),
    isStaff: notice.staffId !== null,
    filing: await filingOf(store.db, notice.filingId),
  };
}

async function personOf({ db, vault }: Store, notice: Sending): Promise<string | undefined> {
  if (notice.staffId !== null) {
    const [staff] = await db<{ name: string }[]>`select name from staff where id = ${notice.staffId}`;
    return staff?.name;
  }
  const [account] = await db<{ id: number; dataKey: Buffer; nameSealed: Buffer }[]>`
    select id, data_key, name_sealed from accounts where id = ${notice.accountId}`;
  return (
    account && openText(vault.unwrap(account.dataKey), account.nameSealed, accountContext(account.id, "name"))
  );
}

async function filingOf(db: Db, id: number | null): Promise<Scene["filing"]> {
  const [filing] = await db<NonNullable<Scene["filing"]>[]>`
    select number, kind, scope, coalesce(site_name, subject_name, number) as title from filings where id = ${id}`;
  return filing;
}
