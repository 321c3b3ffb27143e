import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createBureauLookups, LookupFailed } from "../../../src/gateways/bureau/index.ts";
import { SERVICE_PATHS } from "../../../src/gateways/bureau/soap.ts";
import { demoRecords, type Fault } from "../../../src/simulator/index.ts";
import { withDefaults } from "../../../src/simulator/options.ts";
import { descriptionOf } from "../../../src/simulator/services.ts";
import { startBench } from "../../simulator/bench.ts";
import { accountAt } from "./sample.ts";

const test = suite("a question to the bureau");

const bench = await startBench({}, { records: demoRecords });
const lookups = createBureauLookups();
const [company, , person] = demoRecords;
const servers: Server[] = [];
test.after(async () => {
  await bench.end();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});
test.before.each(() => bench.set({ fault: "none", answerDelayMs: 0 }));

/** Long enough for any machine; what takes too long is tested with a limit of its own. */
const PATIENT = { timeoutMs: 20_000 };
const status = (type: number, condition: string, timeoutMs = PATIENT.timeoutMs) =>
  lookups.queryBeianStatus(bench.account, { type, condition }, { timeoutMs });
const verify = (number: string, password: string) =>
  lookups.verifyBamm(bench.account, { number, password }, PATIENT);

const failureOf = async (work: Promise<unknown>): Promise<LookupFailed> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof LookupFailed) return error;
  throw error ?? new Error("the question was answered");
};

test("tells whose a domain is", async () => {
  const [website] = company.websites;
  assert.equal(await status(0, website.domains[0].toUpperCase()), {
    filed: true,
    subjectNumber: company.number,
    websiteNumber: `${company.number}-1`,
    websiteName: website.name,
  });
  assert.equal(await status(0, "nobody.cn"), { filed: false });
});

test("tells whether a document is filed, by its type", async () => {
  assert.equal(await status(company.certType, company.certNumber), {
    filed: true,
    subjectNumber: company.number,
  });
  assert.equal(await status(person.certType, person.certNumber.toLowerCase()), {
    filed: true,
    subjectNumber: person.number,
  });
  assert.equal(await status(7, company.certNumber), { filed: false });
});

test("tells whether a filing password is right, for a subject and its websites", async () => {
  assert.is(await verify(company.number, company.password), "right");
  assert.is(await verify(`${company.number}-1`, company.password), "right");
  assert.is(await verify(company.number, "wrong"), "wrong");
  assert.is(await verify("浙ICP备2000000001号", company.password), "wrong");
});

test("allows few wrong passwords, and forgets them with the right one", async () => {
  const tries = async (count: number) => {
    for (let at = 0; at < count; at += 1) assert.is(await verify(person.number, `wrong${at}`), "wrong");
  };
  await tries(4);
  assert.is(await verify(person.number, person.password), "right");
  await tries(5);
  assert.is(await verify(person.number, person.password), "too_many_tries");
  assert.is(await verify(company.number, company.password), "right", "another number is free");
});

test("fails in time when the bureau is slow", async () => {
  bench.set({ answerDelayMs: 60_000 });
  const failure = await failureOf(status(0, "a.cn", 200));
  assert.equal([failure.failure, failure.code], ["timeout", undefined]);
});

test("is refused with the bureau's code", async () => {
  const codes: [Fault, number][] = [
    ["wrong_password", 5],
    ["hours", 20],
    ["maintenance", 902],
  ];
  for (const [fault, code] of codes) {
    bench.set({ fault });
    const failure = await failureOf(verify(company.number, company.password));
    assert.equal([failure.failure, failure.code], ["refused", code], fault);
  }
  bench.set({ fault: "none" });
  assert.equal((await failureOf(status(99, "x"))).code, 999);
});

test("fails when the bureau is down, breaks off, or answers garbage", async () => {
  const kinds: [Fault, string][] = [
    ["garbage", "unreadable"],
    ["garbage_http", "unreadable"],
    ["drop_before", "unavailable"],
    ["down", "unavailable"],
  ];
  for (const [fault, kind] of kinds) {
    bench.set({ fault });
    assert.is((await failureOf(status(0, "a.cn"))).failure, kind, fault);
    assert.is((await failureOf(verify(company.number, "x"))).failure, kind, fault);
  }
  const nobody = accountAt("http://127.0.0.1:9");
  const question = { type: 0, condition: "a.cn" };
  assert.is((await failureOf(lookups.queryBeianStatus(nobody, question, PATIENT))).failure, "unavailable");
});

/** A bureau that answers every question with one text in `<return>`. */
async function bureauSaying(text: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = Object.values(SERVICE_PATHS).find((one) => request.url?.startsWith(one)) ?? "";
    if (request.method === "GET") {
      return response.end(descriptionOf(path, "http://bureau.invalid", withDefaults({ dataDir: "unused" })));
    }
    request.resume();
    const answer = `<n:answer xmlns:n="urn:bureau-simulator"><return>${text.replace(/</g, "&lt;")}</return></n:answer>`;
    response
      .writeHead(200, { "content-type": "text/xml" })
      .end(
        `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${answer}</e:Body></e:Envelope>`,
      );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("has no answer where the bureau says nothing clear", async () => {
  const texts = [
    "<return><msg_code>0</msg_code></return>",
    "<return><msg_code>0</msg_code><StatusInfo><Bazt>2</Bazt></StatusInfo><VerifyRes/></return>",
    "<return><msg>好</msg></return>",
    "null",
    "",
  ];
  for (const text of texts) {
    const account = accountAt(await bureauSaying(text));
    const asked = failureOf(lookups.queryBeianStatus(account, { type: 0, condition: "a.cn" }, PATIENT));
    assert.is((await asked).failure, "unreadable", text);
    const verified = failureOf(lookups.verifyBamm(account, { number: "n", password: "p" }, PATIENT));
    assert.is((await verified).failure, "unreadable", text);
  }
});

test("leaves nothing of what was asked, and no secret, in its error", async () => {
  bench.set({ fault: "garbage" });
  const failures = [
    await failureOf(status(2, person.certNumber)),
    await failureOf(verify(person.number, "Geheim99")),
  ];
  for (const failure of failures) {
    const told = `${failure.stack} ${JSON.stringify(failure)} ${String(failure.cause)}`;
    assert.not.match(told, /Geheim99|3301061988|2021900003|演示Bureau1|openbeian\b.*pwdHash/);
  }
});

test.run();
