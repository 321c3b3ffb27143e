import { zipSync } from "fflate";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { encodeGbk } from "../../src/gateways/bureau/gbk.ts";
import { firstFilingXml, pack, wrap } from "../../src/gateways/bureau/index.ts";
import { createSoapCaller, SERVICE_PATHS } from "../../src/gateways/bureau/soap.ts";
import { readXml, textAt } from "../../src/gateways/bureau/xml.ts";
import { demoAccounts } from "../../src/simulator/index.ts";
import { codesOf, numbersOf, sampleFiling, startBench } from "./bench.ts";

const test = suite("the protocol of the simulated bureau");

const bench = await startBench({ decisions: "hold" });
test.after(() => bench.end());

const other = () => {
  const { ispId, userName, password } = demoAccounts[1]!;
  return { ...bench.account, ispId, userName, password, encryptAlgorithm: 0 as const };
};

const xml = (id: number, ispId = 1001) =>
  firstFilingXml(sampleFiling({ id, ispId, domain: `site${id}.cn`, certificate: `C${id}` }));

test("takes numbers one after the other and lists what is missing", async () => {
  const { account, gateway } = bench;
  assert.is((await gateway.queryPreviousUpload(account)).sequence, 0);
  assert.equal(await bench.send(xml(10), 3), { code: 14, message: "有漏报数据,须先补报", missing: [1, 2] });
  assert.is((await bench.send(xml(10), 1)).code, 0);
  assert.is((await bench.send(xml(20), 2)).code, 0);
  assert.is((await gateway.queryPreviousUpload(account)).sequence, 2);
  assert.is((await bench.send(xml(30), 0)).code, 999);
});

test("answers a number that comes again as it did, and files it once", async () => {
  const { account, gateway, simulator } = bench;
  const packed = pack(xml(40), account, "Again.xml");
  assert.is((await gateway.upload(account, packed, 3)).code, 0);
  const before = simulator.view().filings.length;
  assert.is((await gateway.upload(account, packed, 3)).code, 0);
  assert.is((await gateway.upload(account, wrap(packed.zip, account), 3)).code, 0);
  assert.is(simulator.view().filings.length, before);
  assert.is((await bench.send(xml(50), 3)).code, 999, "other content under a used number");
  const previous = await gateway.queryPreviousUpload(account);
  assert.equal([previous.sequence, previous.hash], [3, packed.beianInfoHash]);
  assert.is(previous.file?.beianInfo.replace(/\s/g, ""), packed.beianInfo);
});

test("counts each provider by itself and shows nobody another's files", async () => {
  const { gateway } = bench;
  const mine = { ...other(), encryptAlgorithm: 0 as const };
  assert.is((await gateway.queryPreviousUpload(mine)).sequence, 0);
  assert.is((await gateway.upload(mine, pack(xml(60, 1002), mine, "Other.xml"), 1)).code, 0);
  bench.set({ decisions: "hold" });
  const [filing] = bench.simulator.view().filings;
  bench.simulator.order({ action: "approve", filing: filing!.id });
  assert.equal(await bench.fetchAll(), []);
  const { file } = await gateway.download(mine);
  assert.is(file?.encryptAlgorithm, 0);
  assert.is((await gateway.acknowledge(bench.account, file!.fileName)).code, 999);
  assert.is((await gateway.download(mine)).file?.fileName, file?.fileName);
});

test("refuses a wrong number, name and password, each with its code", async () => {
  const { account, gateway } = bench;
  const code = async (change: object) => (await gateway.download({ ...account, ...change })).code;
  assert.is(await code({ ispId: 9999 }), 12);
  assert.is(await code({ userName: "nobody" }), 4);
  assert.is(await code({ password: "wrong" }), 5);
  assert.is(await code({ ispId: 1002 }), 4);
});

test("refuses content that is broken, each fault with its code, and uses up no number", async () => {
  const { account, gateway, simulator } = bench;
  const good = pack(xml(70), account, "Good.xml");
  const upload = async (change: object, encryptAlgorithm: 0 | 1 = 1) =>
    (await gateway.upload({ ...account, encryptAlgorithm }, { ...good, ...change }, 4)).code;
  assert.is(await upload({ beianInfo: "AAAA" }), 6);
  assert.is(await upload({ beianInfo: "不是" }), 6);
  assert.is(await upload({ beianInfoHash: "AAAAAAAAAAAAAAAAAAAAAA==" }), 7);
  assert.is(await upload(wrap(Buffer.from("no zip"), account)), 8);
  const two = zipSync({ a: Buffer.from("a"), b: Buffer.from("b") });
  assert.is(await upload(wrap(two, account)), 17);
  const bomb = zipSync({ a: new Uint8Array(51 * 1024 * 1024) });
  assert.is(await upload(wrap(bomb, account)), 18);
  assert.is(await upload({}, 0), 7, "encrypted content sent as clear");
  assert.is(simulator.view().accounts[0]?.lastSequence, 3);
  assert.is(await upload({}), 0);
});

test("tells by download that bytes are not GBK", async () => {
  const { account, gateway } = bench;
  const [head, tail] = xml(80).split("青山茶业有限公司");
  const bytes = Buffer.concat([
    encodeGbk(head ?? ""),
    Buffer.from([0xff, 0xff, 0x3c]),
    encodeGbk(tail ?? ""),
  ]);
  const zip = zipSync({ "Bad.xml": bytes });
  assert.is((await gateway.upload(account, wrap(zip, account), 5)).code, 0);
  assert.equal(codesOf(await bench.fetchAll()), [5008]);
});

/** A call with parameters of our choice, as no honest gateway makes it. */
async function rawCall(
  method: string,
  path: string,
  change: Record<string, string | number>,
): Promise<string> {
  const parameters = Object.entries({
    ispId: 1001,
    userName: "openbeian",
    randVal: "abcdefghij0123456789",
    pwdHash: "x",
    ...change,
  });
  const endpoint = bench.simulator.url;
  return createSoapCaller()({ endpoint, path, method, parameters, timeoutMs: 2000 });
}

const rawCode = async (...call: Parameters<typeof rawCall>) =>
  textAt(readXml(await rawCall(...call)), "msg_code");

test("wants a random value of twenty characters and known algorithms", async () => {
  const { upDownLoad } = SERVICE_PATHS;
  assert.is(await rawCode("isp_download", upDownLoad, { randVal: "short", hashAlgorithm: 0 }), "16");
  const { passwordHash } = await import("../../src/gateways/bureau/authentication.ts");
  const pwdHash = passwordHash(bench.account.password, "abcdefghij0123456789");
  assert.is(await rawCode("isp_download", upDownLoad, { pwdHash, hashAlgorithm: 1 }), "10");
  const content = { pwdHash, beianInfo: "AAAA", beianInfoHash: "AAAA", dataSequence: 6 };
  const upload = (encryptAlgorithm: number, compressionFormat: number) =>
    rawCode("isp_upload", upDownLoad, { ...content, encryptAlgorithm, hashAlgorithm: 0, compressionFormat });
  assert.is(await upload(2, 0), "9");
  assert.is(await upload(0, 1), "11");
});

test("answers where a domain is filed and whether a filing password is right", async () => {
  const filing = bench.simulator
    .view()
    .filings.find(({ ispId, state }) => ispId === 1001 && state === "waiting")!;
  bench.simulator.order({ action: "approve", filing: filing.id });
  const [number] = numbersOf(await bench.fetchAll());
  const { passwordHash } = await import("../../src/gateways/bureau/authentication.ts");
  const pwdHash = passwordHash(bench.account.password, "abcdefghij0123456789");
  const status = async (domain: string) =>
    readXml(
      await rawCall("isp_querybeianstatus", SERVICE_PATHS.queryBeianStatus, {
        pwdHash,
        hashAlgorithm: 0,
        queryConditionType: 0,
        queryCondition: domain,
      }),
    );
  const filed = await status(filing.sites[0]!.domains[0]!);
  assert.is(textAt(filed, "StatusInfo/Bazt"), "0");
  assert.is(textAt(filed, "StatusInfo/Wzbah"), `${number}-1`);
  assert.is(textAt(await status("nobody.cn"), "StatusInfo/Bazt"), "1");
  const verify = async (bamm: string) =>
    textAt(
      readXml(
        await rawCall("isp_verifybamm", SERVICE_PATHS.verifyBamm, {
          pwdHash,
          hashAlgorithm: 0,
          baxh: number ?? "",
          bamm,
        }),
      ),
      "VerifyRes",
    );
  const { password } = bench.simulator.view().records[0]!;
  assert.equal([await verify(password), await verify("wrong")], ["0", "1"]);
});

test("is spoken alike in both styles of description and with both names of the first parameter", async () => {
  for (const style of ["document", "rpc"] as const) {
    const second = await startBench({ decisions: "hold" }, { style, ispIdParameter: "ispID" });
    assert.is((await second.send(xml(90), 1)).code, 0, style);
    assert.is((await second.gateway.queryPreviousUpload(second.account)).sequence, 1, style);
    await second.end();
  }
});

test("survives whatever is posted to it", async () => {
  const address = bench.simulator.url + SERVICE_PATHS.upDownLoad;
  const bodies = [
    "",
    "garbage",
    "<a",
    "<a/>",
    "{}",
    "<e:Envelope xmlns:e='x'><e:Body><isp_upload/></e:Body></e:Envelope>",
    "\u0000",
  ];
  for (const body of bodies) {
    const { status } = await fetch(address, { method: "POST", body });
    assert.ok(status === 200 || status === 500, `${status} for ${body}`);
  }
  assert.is((await fetch(address, { method: "PUT", body: "x" })).status < 600, true);
  assert.is((await fetch(`${bench.simulator.url}/nothing`)).status, 404);
  assert.is((await bench.gateway.queryPreviousUpload(bench.account)).code, 0);
});

test.run();
