import { copyFileSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seal } from "../../src/crypto/seal.ts";
import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import { connect, type Sql } from "../../src/db/client.ts";
import { migrate } from "../../src/db/migrate.ts";
import { projectPath } from "../../src/lib/project.ts";
import { keptPackage } from "../../src/models/bureau/packages.ts";
import { packagesOfFiling } from "../../src/models/bureau/requests.ts";
import { openedZip } from "../../worker/bureau/file.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const test = suite("packages of before there were many requests in one");

const all = projectPath("migrations");
const folder = mkdtempSync(join(tmpdir(), "packages-migration-"));

/** Brings the migrations up to one number into the folder. */
const upTo = (last: string): void => {
  for (const name of readdirSync(all).filter((one) => one.endsWith(".sql") && one.slice(0, 4) <= last))
    copyFileSync(join(all, name), join(folder, name));
};

const states = ["accepted", "failed", "settled", "void"] as const;

let base: TestDatabase;
let url: string;
let db: Sql;

test.before(async () => {
  base = await testDatabase();
  const name = `${new URL(base.url).pathname.slice(1)}_before`;
  await base.db`create database ${base.db(name)} template template0`;
  url = base.url.replace(/[^/]+$/, name);
});

test.after(async () => {
  await db?.end();
  await base.db`drop database ${base.db(url.replace(/^.*\//, ""))} with (force)`;
  await base.close();
});

test("keep their number, what they are about and how they stand, and still open", async () => {
  upTo("0034");
  await migrate(url, { folder });
  db = connect(url, { max: 1 });
  const vault = openVault(newSecretKeys());
  const { key, wrapped } = vault.newDataKey();
  await db`insert into isps (slug, name, legal_name, phone, service_hours) values ('yi', '一', '一', '1', '9-17')`;
  await db`
    insert into accounts (isp_id, user_name, password_hash, data_key, name_sealed, email_sealed, mobile_sealed,
      email_hash, mobile_hash, division, agreement_version, agreed_at)
    values (1, 'zhangsan', '', '', '', '', '', '', '', '330000', '1', now())`;
  await db`
    insert into isp_bureaus (isp_id, province, name, endpoint, bureau_isp_id, user_name, data_key, secrets_sealed)
    values (1, '330000', '浙江', 'http://127.0.0.1:9', 1001, 'openbeian', '', '')`;
  const kept = new Map<string, Buffer>();
  for (const [at, state] of states.entries()) {
    const id = at + 1;
    const fileName = `p${id}.xml`;
    kept.set(fileName, seal(key, Buffer.from(`zip ${id}`), `isp:1:filing:${id}:package:${fileName}`));
    await db`
      insert into filings (number, isp_id, account_id, kind, nature, data_key)
      values (${`20260101-000${id}`}, 1, 1, 'first', 4, ${wrapped})`;
    await db`
      insert into bureau_packages (isp_id, bureau_id, filing_id, sequence, file_name, operation, about, subject, state,
        has_password, file, content_hash, bytes)
      values (1, 1, ${id}, ${id}, ${fileName}, 1, ${[`our:${id}`]}, ${`our:${id}`}, ${state}, ${at === 0}, ${fileName}, 'h', 5)`;
  }
  upTo("9999");
  await migrate(url, { folder });
  const found: unknown[] = [];
  for (const [at] of states.entries()) {
    const [one] = await packagesOfFiling(db, at + 1);
    found.push([one?.sequence, one?.state, one?.operation, one?.about]);
  }
  assert.equal(
    found,
    states.map((state, at) => [at + 1, state, 1, [`our:${at + 1}`]]),
  );
  const files = { get: async (id: string) => kept.get(id) ?? Buffer.alloc(0) } as never;
  const first = await keptPackage(db, 1, 1);
  assert.is(first && (await openedZip({ vault, files }, first)).toString(), "zip 1");
});

test.run();
