import { openText, seal } from "../../crypto/seal.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { accountContext } from "./rows.ts";

/** 个人信息, as its page shows it. */
export type Profile = {
  userName: string;
  name: string;
  email: string;
  mobile: string;
  division: string;
  ispName: string;
  customerNumber: string | null;
  remark: string | null;
  agreementVersion: string;
  agreedAt: Date;
};

type Row = Omit<Profile, "name" | "email" | "mobile"> & {
  dataKey: Buffer;
  nameSealed: Buffer;
  emailSealed: Buffer;
  mobileSealed: Buffer;
};

export async function findProfile({ db, vault }: Store, accountId: number): Promise<Profile> {
  const [row] = await db<Row[]>`
    select a.user_name, a.data_key, a.name_sealed, a.email_sealed, a.mobile_sealed, a.division, i.name as isp_name,
      a.customer_number, a.remark, a.agreement_version, a.agreed_at
    from accounts a join isps i on i.id = a.isp_id where a.id = ${accountId}`;
  if (!row) throw new NotFound("no such account");
  const { dataKey, nameSealed, emailSealed, mobileSealed, ...rest } = row;
  const key = vault.unwrap(dataKey);
  return {
    ...rest,
    name: openText(key, nameSealed, accountContext(accountId, "name")),
    email: openText(key, emailSealed, accountContext(accountId, "email")),
    mobile: openText(key, mobileSealed, accountContext(accountId, "mobile")),
  };
}

/** Writes what the owner may change without a code. */
export async function saveProfile(
  { db, vault }: Store,
  accountId: number,
  profile: { name: string; customerNumber: string; remark: string },
): Promise<void> {
  const [row] = await db<{ dataKey: Buffer }[]>`select data_key from accounts where id = ${accountId}`;
  if (!row) throw new NotFound("no such account");
  const nameSealed = seal(vault.unwrap(row.dataKey), profile.name, accountContext(accountId, "name"));
  await db`update accounts set name_sealed = ${nameSealed}, customer_number = ${profile.customerNumber || null},
    remark = ${profile.remark || null} where id = ${accountId}`;
}
