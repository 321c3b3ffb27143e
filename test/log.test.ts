import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createLog } from "../src/log.ts";

const test = suite("the log");

function logged(write: (log: ReturnType<typeof createLog>) => void): {
  text: string;
  line: Record<string, unknown>;
} {
  let text = "";
  const keep = (line: string) => {
    text += line;
  };
  write(createLog({ level: "info", name: "web" }, { write: keep }));
  return { text, line: JSON.parse(text) };
}

test("names its part, its level and the sentence", () => {
  const { line } = logged((log) => log.info({ port: 3000 }, "listening"));
  assert.is(line.part, "web");
  assert.is(line.level, "info");
  assert.is(line.port, 3000);
  assert.is(line.msg, "listening");
});

test("leaves out fields it does not know and keeps only their names", () => {
  const { text, line } = logged((log) => log.info({ email: "zhang@example.com", filingId: 7 }, "saved"));
  assert.not.match(text, /zhang/);
  assert.equal(line.dropped, ["email"]);
  assert.is(line.filingId, 7);
});

test("leaves out whole objects under a field it knows", () => {
  const { text } = logged((log) => log.info({ state: { name: "张三" } }, "saved"));
  assert.not.match(text, /张三/);
});

test("keeps the route of a request and nothing a person sent", () => {
  const request = {
    ...{ id: "r1", method: "POST", route: "/u/:code", status: 303, ms: 4 },
    ...{ path: "/u/SECRET", url: "http://x/u/SECRET?phone=13800000000", query: { phone: "13800000000" } },
    ...{ headers: { cookie: "SECRET" }, body: "SECRET" },
  };
  const { text, line } = logged((log) => log.info({ req: request }, "answered"));
  assert.equal(line.req, { id: "r1", method: "POST", route: "/u/:code", status: 303, ms: 4 });
  assert.not.match(text, /SECRET|13800000000/);
});

test("keeps code, constraint and frames of a database error, not its words", () => {
  const error = Object.assign(new Error('invalid input "zhang@example.com"'), {
    ...{ name: "PostgresError", code: "23505", constraint_name: "account_email_taken" },
    ...{ detail: "Key (email)=(zhang@example.com) already exists.", parameters: ["zhang@example.com"] },
  });
  const { text, line } = logged((log) => log.error({ err: error }, "failed"));
  const err = line.err as Record<string, unknown>;
  assert.is(err.code, "23505");
  assert.is(err.constraint_name, "account_email_taken");
  assert.ok((err.stack as string[]).length > 0);
  assert.not.match(text, /zhang/);
});

test("keeps the words of a programming error and of one that calls them safe", () => {
  const typed = logged((log) => log.error({ err: new TypeError("x is not a function") }, "failed"));
  assert.match(typed.text, /x is not a function/);
  const safe = Object.assign(new Error("for the registrant"), { safe: "the bureau answered code 9" });
  const { text } = logged((log) => log.error({ err: safe }, "failed"));
  assert.match(text, /the bureau answered code 9/);
  assert.not.match(text, /registrant/);
});

test("looks into the cause of an error by the same rule", () => {
  const cause = Object.assign(new Error("13800000000"), { code: "ECONNRESET" });
  const { text } = logged((log) => log.error({ err: new Error("outer", { cause }) }, "failed"));
  assert.match(text, /ECONNRESET/);
  assert.not.match(text, /13800000000/);
});

test.run();
