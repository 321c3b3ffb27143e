import { connect, type Sql } from "../../src/db/client.ts";
import { startTestServer, TEMPLATE } from "./server.ts";

export type TestDatabase = { url: string; db: Sql; close(): Promise<void> };

let own: Promise<string> | undefined;
let count = 0;

/** The run's server; a test file that is run by itself starts one. */
const serverUrl = (): Promise<string> => {
  const given = process.env.OPENBEIAN_TEST_SERVER;
  if (given) return Promise.resolve(given);
  own ??= startTestServer().then(({ url }) => url);
  return own;
};

/** A fresh, migrated database for one test file. Call `close` in `after`, or the file never ends. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `test_${process.pid}_${++count}`;
  const at = (database: string) => server.replace(/[^/]+$/, database);
  const admin = async (work: (admin: Sql) => Promise<unknown>) => {
    const connection = connect(at("postgres"), { max: 1 });
    await work(connection);
    await connection.end();
  };
  await admin((sql) => sql`create database ${sql(name)} template ${sql(TEMPLATE)}`);
  const db = connect(at(name), { max: 5, name: "test" });
  return {
    url: at(name),
    db,
    close: async () => {
      await db.end({ timeout: 2 });
      await admin((sql) => sql`drop database ${sql(name)} with (force)`);
    },
  };
}
