import type { Config } from "../config.ts";
import type { Vault } from "../crypto/vault.ts";
import type { Sql } from "../db/client.ts";
import { openFileStore } from "../gateways/files/index.ts";
import type { Staff } from "../models/actor.ts";
import { createBureau } from "../models/bureau/account.ts";
import { demoAddress, FIRST_ON_RECORD } from "./bureau-records.ts";
import { cast, type DemoFiling, otherCast } from "./cast.ts";
import { offered, recordCast } from "./cast-records.ts";
import type { Company } from "./company.ts";
import { offerTo, seedJoin, seedRecord } from "./errands.ts";
import { seedFiling } from "./filings.ts";
import { type DemoAccount, seedAccount } from "./people.ts";
import { seedProducts } from "./products.ts";
import { demoProviders, type Provider, seedProvider } from "./providers.ts";
import { seedPublicContent } from "./public-content.ts";
import { seedTalk } from "./talk.ts";

const accounts: Record<string, DemoAccount> = {
  shili: {
    userName: "demo01",
    name: "张三",
    mobile: "13800001234",
    email: "demo01@example.cn",
    division: "330108",
  },
  other: {
    userName: "demo02",
    name: "孔大三",
    mobile: "13800005678",
    email: "demo02@example.cn",
    division: "350102",
  },
};

/** Somebody else at the first provider, who gives demo01 a record. */
const giver: DemoAccount = {
  userName: "demo03",
  name: "戚二四",
  mobile: "13800004321",
  email: "demo03@example.cn",
  division: "330108",
};

const casts: Record<string, readonly DemoFiling[]> = { shili: cast, other: otherCast };

/** Bureau of the filings whose upload failed: its account has a wrong password and its queue stands still. */
const STOPPED = "350000";

/**
 * Fills an empty, migrated database with two providers, staff of every role, registrants, a filing in every state with
 * pictures and filings of every kind on what is on record, all invented and made through the models as people would.
 */
export async function seedDemo(deps: { db: Sql; vault: Vault; config: Config }): Promise<void> {
  const files = openFileStore(deps.config.storageUrl, deps.config.dataDir);
  for (const [index, demo] of demoProviders.entries()) {
    const provider = await seedProvider(deps, deps.config, demo);
    if (demo.slug === "shili") {
      await seedStoppedBureau(deps, provider);
      await seedPublicContent(deps, staffOf(provider, demo, ["admin"]));
    }
    const account = accounts[demo.slug];
    if (!account) continue;
    const registrant = await seedAccount(deps, provider.id, account);
    const stock = { ispId: provider.id, slug: demo.slug, owner: account.userName };
    await seedProducts(deps, { ...stock, province: account.division.slice(0, 2).padEnd(6, "0") });
    const staff = (...names: string[]) => staffOf(provider, demo, names);
    const company: Company = {
      store: deps,
      files,
      name: demo.name,
      registrant,
      reviewer: staff("reviewer", "other-reviewer"),
      verifier: staff("verifier", "other-reviewer"),
      submitter: staff("submitter", "other-reviewer"),
      supervisor: staff("supervisor", "other-reviewer"),
      ipOf: (n, access) => demoAddress(demo, n, access),
      album: new Map(),
    };
    for (const [at, filing] of (casts[demo.slug] ?? []).entries())
      await seedFiling(company, filing, index * 50 + at + 1);
    if (demo.slug === "shili") await seedEveryKind(company, account.userName);
  }
}

/** A filing of each other kind, on records that are made first; a record on offer; what people said meanwhile. */
async function seedEveryKind(company: Company, userName: string): Promise<void> {
  const { registrant, store } = company;
  for (const [at, one] of recordCast.entries()) await seedRecord(company, one, FIRST_ON_RECORD + at);
  const after = FIRST_ON_RECORD + recordCast.length;
  const from: Company = { ...company, registrant: await seedAccount(store, registrant.ispId, giver) };
  await offerTo(from, await seedRecord(from, offered, after), registrant, userName);
  await seedJoin(company, after + 1);
  await seedTalk(company);
}

function staffOf(provider: Provider, demo: (typeof demoProviders)[number], names: string[]): Staff {
  const person = demo.staff.find(({ userName }) => names.includes(userName));
  if (!person) throw new Error(`no ${names.join(" or ")} at ${demo.name}`);
  return {
    kind: "staff",
    staffId: provider.staff.get(person.userName) ?? 0,
    ispId: provider.id,
    name: person.name,
    roles: person.roles,
  };
}

async function seedStoppedBureau(
  deps: { db: Sql; vault: Vault; config: Config },
  provider: Provider,
): Promise<void> {
  await createBureau(deps, {
    ispId: provider.id,
    province: STOPPED,
    name: "演示管局（福建）",
    endpoint: `http://127.0.0.1:${deps.config.simulatorPort}`,
    bureauIspId: 1001,
    userName: "openbeian",
    secrets: { password: "wrong-on-purpose" },
    encryptAlgorithm: 0,
  });
}
