import { addAccount } from "../models/account/add.ts";
import type { Registrant } from "../models/actor.ts";
import { inTransaction, type RootStore } from "../models/store.ts";
import { creditCodeCheck } from "../vocabulary/credit-code.ts";
import { identityCheck } from "../vocabulary/identity-card.ts";
import { demoPassword } from "./providers.ts";

/** Invented people. Their numbers have valid check characters and belong to nobody. */
export type Person = { name: string; identity: string; mobile: string; emergency: string; email: string };

/** An identity number of GB 11643 for a place, a day of birth (YYYYMMDD) and a serial number. */
export const identityNumber = (division: string, birth: string, serial: number): string => {
  const first17 = `${division}${birth}${String(serial).padStart(3, "0")}`;
  return first17 + identityCheck(first17);
};

/** A unified social credit code of GB 32100 for a company registered at a place. */
export const creditCode = (division: string, serial: number): string => {
  const first17 = `91${division}MA2${String(serial).padStart(6, "0")}`;
  return first17 + creditCodeCheck(first17);
};

/** The nth invented person of a place; numbers of the form 138000xxxxx stand for themselves. */
export const personOf = (name: string, division: string, n: number, birth = "19900101"): Person => ({
  name,
  identity: identityNumber(division, birth, n),
  mobile: `1380000${String(1000 + n)}`,
  emergency: `1390000${String(5000 + n)}`,
  email: `person${n}@example.cn`,
});

export type DemoAccount = { userName: string; name: string; mobile: string; email: string; division: string };

/** Adds an active registrant and gives the actor. */
export async function seedAccount(
  store: RootStore,
  ispId: number,
  account: DemoAccount,
): Promise<Registrant> {
  const wanted = {
    ...account,
    ispId,
    password: demoPassword,
    agreementVersion: "2026-11-01",
    state: "active" as const,
  };
  const id = await inTransaction(store, (inside) => addAccount(inside, wanted));
  if (id === undefined) throw new Error(`the user name ${account.userName} is taken`);
  return { kind: "registrant", accountId: id, ispId, name: account.name };
}
