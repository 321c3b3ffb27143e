import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { BureauCallFailed, createBureauGateway } from "../../../src/gateways/bureau/index.ts";
import { withDefaults } from "../../../src/simulator/options.ts";
import { descriptionOf } from "../../../src/simulator/services.ts";
import { accountAt } from "./sample.ts";

const test = suite("an answer of a bureau that is very long");

const MB = 1024 * 1024;
const PATH = "/ISPWebService/upDownLoad";
const gateway = createBureauGateway();
const open: Server[] = [];
test.after(() => {
  for (const server of open) server.close().closeAllConnections();
});

/** A server that answers every call with these pieces, which are made while they are sent. */
async function sending(pieces: () => Iterable<string>): Promise<string> {
  const server = createServer(async (request, response) => {
    request.resume();
    if (request.method === "GET")
      return void response.end(
        descriptionOf(PATH, "http://elsewhere.invalid", withDefaults({ dataDir: "" })),
      );
    response.writeHead(200, { "content-type": "text/xml" });
    for (const piece of pieces()) {
      response.write(piece);
      while (response.writableNeedDrain && !response.destroyed) await pause(1);
      if (response.destroyed) return;
    }
    response.end();
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const HEAD = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><n:isp_downloadResponse xmlns:n="urn:bureau-simulator"><return>`;
const TAIL = "</return></n:isp_downloadResponse></e:Body></e:Envelope>";
const escaped = (text: string) => text.replace(/</g, "&lt;").replace(/>/g, "&gt;");
const before = "<return><msg_code>0</msg_code><fileInfos><return_FileName>a.xml</return_FileName><beianInfo>";
const after = "</beianInfo><beianInfoHash>aGFzaA==</beianInfoHash></fileInfos></return>";

const download = (url: string) => gateway.download(accountAt(url, { timeoutMs: 60_000 }));

const refusalOf = async (url: string): Promise<string> => {
  try {
    await download(url);
    return "read";
  } catch (error) {
    return error instanceof BureauCallFailed ? error.reason : String(error);
  }
};

/** What the process needs more than before, at most. */
async function growth(work: () => Promise<unknown>): Promise<number> {
  const start = process.memoryUsage().rss;
  let most = start;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  await work();
  clearInterval(look);
  return (Math.max(most, process.memoryUsage().rss) - start) / MB;
}

function* base64Of(megabytes: number): Iterable<string> {
  for (let part = 0; part < megabytes; part++) yield "QUJD".repeat(MB / 4);
}

const forms = {
  escaped: [escaped(before), escaped(after)],
  "in CDATA": [`<![CDATA[${before}`, `${after}]]>`],
} as const;

for (const [form, [first, last]] of Object.entries(forms))
  test(`gives a file of 60 MB that stands ${form}, and no copy of it is made by a parser`, async () => {
    const url = await sending(function* () {
      yield HEAD + first;
      yield* base64Of(60);
      yield last + TAIL;
    });
    let length = 0;
    const grown = await growth(async () => {
      const { code, file } = await download(url);
      assert.equal([code, file?.fileName, file?.beianInfoHash], [0, "a.xml", "aGFzaA=="]);
      length = file?.beianInfo.length ?? 0;
    });
    assert.is(length, 60 * MB);
    assert.ok(grown < 500, `${grown} MB`);
  });

test("keeps the base64 whole where its line ends are written by reference", async () => {
  const line = `${"QUJD".repeat(19)}&amp;#13;\n`;
  const url = await sending(() => [HEAD, escaped(before), line.repeat(2000), escaped(after), TAIL]);
  const { file } = await download(url);
  assert.is(file?.beianInfo.replace(/\s/g, ""), "QUJD".repeat(19 * 2000));
});

test("ends at 100 MB, however much more would come", async () => {
  const url = await sending(function* () {
    yield HEAD + escaped(before);
    yield* base64Of(100_000);
  });
  let refusal = "";
  const grown = await growth(async () => {
    refusal = await refusalOf(url);
  });
  assert.is(refusal, "answer_too_large");
  assert.ok(grown < 400, `${grown} MB`);
});

test("is refused where it is long without a file", async () => {
  for (const filling of ["&lt;a/&gt;", "<a/>", "x", "&amp;"]) {
    const url = await sending(function* () {
      yield HEAD;
      for (let part = 0; part < 30; part++) yield filling.repeat(MB / filling.length);
      yield TAIL;
    });
    assert.is(await refusalOf(url), "answer_too_large", filling);
  }
});

for (const [what, body] of Object.entries({
  "in its envelope": `<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]>${HEAD}&x;${TAIL}`,
  "in what the envelope holds": `${HEAD}${escaped('<!DOCTYPE r [<!ENTITY x "y">]><return><msg_code>0</msg_code><msg>&x;</msg></return>').replace("&x;", "&amp;x;")}${TAIL}`,
}))
  test(`is refused with a document type ${what}`, async () => {
    assert.is(await refusalOf(await sending(() => [body])), "answer_unreadable");
  });

test.run();
