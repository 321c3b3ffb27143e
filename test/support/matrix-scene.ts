import { loadAssets } from "../../src/lib/assets.ts";
import { newId } from "../../src/lib/ids.ts";
import { accountRef } from "../../src/models/account/register.ts";
import { type Role, roles } from "../../src/models/actor.ts";
import { keepBatch } from "../../src/models/batch/rows.ts";
import { addOwnEntry } from "../../src/models/blacklist/own.ts";
import { createBureau } from "../../src/models/bureau/account.ts";
import { applyAnswer } from "../../src/models/bureau/answers.ts";
import { storeReceived } from "../../src/models/bureau/received.ts";
import { findBureau } from "../../src/models/bureau/rows.ts";
import { orderCurtain } from "../../src/models/curtain/curtain.ts";
import { addWebsite } from "../../src/models/filing/change-sections.ts";
import { type Filing, findFiling } from "../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../src/models/filing/sections.ts";
import type { State } from "../../src/models/filing/states.ts";
import { uploadMaterial } from "../../src/models/material/change.ts";
import { writeMessage } from "../../src/models/message/message.ts";
import { createCode } from "../../src/models/product/codes.ts";
import { rememberOwner } from "../../src/models/product/owners.ts";
import { numberByHand } from "../../src/models/record/by-hand.ts";
import { recordOfFiling } from "../../src/models/record/rows.ts";
import { storeSearch } from "../../src/models/search/stored.ts";
import { openSession } from "../../src/models/session/sessions.ts";
import { createStaff } from "../../src/models/staff/staff.ts";
import { startTermination } from "../../src/models/termination/terminate.ts";
import { startTypeCheck } from "../../src/models/type-check/start.ts";
import { type Browser, hosts, testWorld, type World } from "./app.ts";
import { bookable } from "./appointments.ts";
import { listsCome, unfiledList } from "./bureau-lists.ts";
import {
  askedRecord,
  bulletinXml,
  downloaded,
  inquiryXml,
  inspectionXml,
  unknownRecord,
} from "./bureau-tasks.ts";
import { certificate } from "./certificates.ts";
import { cutAndCodes } from "./cuts.ts";
import { addPictures, bringTo, complete, freshParts, registrantNamed, staffNamed } from "./filings.ts";
import { keptPackage } from "./kept-package.ts";
import { prepareAll } from "./materials.ts";
import { offered, recordOf } from "./moves.ts";
import { writtenByStaff } from "./on-behalf.ts";
import { password } from "./people.ts";
import { smallPhoto } from "./photos.ts";
import { cloudServer, stock } from "./products.ts";
import { publicContent } from "./public-content.ts";
import { reconciled } from "./reconciled.ts";
import { supplement } from "./supplements.ts";

/** What nobody but the owner and the provider's staff may ever read. */
export const secrets = ["云栖问茶", "yunqi-wencha.cn", "陆鸿渐", "330108199001010010", "西溪路18号"];
const [, domain = ""] = secrets;

/** A party of the matrix with the browser it is signed in with. */
export type Party = { name: string; browser(): Promise<Browser> };

export type Scene = {
  world: World;
  filing: Filing;
  /** In the order of the columns. */
  parties: Party[];
  /** What stands for the words in braces and the parts of a path. */
  words: Record<string, string>;
};

/** A filing that waits for its initial review, with everything on it that a route may show, and eleven parties. */
export async function matrixScene(): Promise<Scene> {
  const world = await testWorld({ smtpUrl: "smtp://127.0.0.1:1", smsUrl: "http://127.0.0.1:1" });
  const filing = await prepare(world);
  const words = await wordsFor(world, filing);
  return { world, filing, words, parties: await gather(world) };
}

async function prepare(world: World): Promise<Filing> {
  const { store, people } = world;
  const owner = registrantNamed(people, "张三");
  const draft = await complete(store, owner, {
    domain,
    subject: { name: "云栖问茶（杭州）有限公司", person: "陆鸿渐", address: "西溪路18号" },
    website: { siteName: "云栖问茶知识平台" },
  });
  const filing = await bringTo(store, people, draft, "photo_due");
  const address = { recipient: "陆鸿渐", phone: "13800005678", address: "西溪路18号", remark: "" };
  await orderCurtain(store, { filingId: filing.id, actor: owner, requestId: newId() }, address);
  await writeMessage(store, { filingId: filing.id, actor: owner, requestId: newId() }, "请问还要多久");
  await become(world, filing, "draft");
  await addWebsite(store, owner, { filingId: filing.id, seen: 1 });
  const { subject } = arrange(await sectionsOf(store, filing));
  const change = { filingId: filing.id, requestId: newId(), slot: "certificate", sectionId: subject.id };
  await uploadMaterial(store, world.files, owner, {
    ...change,
    bytes: await smallPhoto(),
    formSignedOn: null,
  });
  await prepareAll(world, filing);
  await addPictures(store, filing, ["photo"]);
  await become(world, filing, "initial_review");
  await supplement(world, filing);
  return filing;
}

async function wordsFor(world: World, filing: Filing): Promise<Record<string, string>> {
  const { store, db, people } = world;
  const { subject, websites } = arrange(await sectionsOf(store, filing));
  const [material] = await db<{ id: number }[]>`
    select id from materials where filing_id = ${filing.id} and slot = 'certificate' and retired_at is null`;
  const own = {
    subject: String(subject.id),
    website: String(websites[1]?.id),
    access: String(websites[0]?.accesses[0]?.id),
    material: String(material?.id),
    reviewer: String(people.staff.李四.id),
    account: String(people.registrants.张三.id),
    ...(await draftFor(world)),
  };
  const path = {
    id: filing.number,
    n: "1",
    m: "1",
    section: own.subject,
    field: "address",
    slot: "certificate",
    form: "verification",
    pdf: "verification.pdf",
    copy: "full",
    materialId: own.material,
    code: "330000",
    list: "refused",
    check: await typeCheckFor(world),
    batch: await batchFor(world),
    file: [...loadAssets().values()][0]?.path.split("/").at(-1) ?? "",
    name: `${newId()}.png`,
    ref: accountRef(store.vault, people.registrants.张三.id),
    supplement: await supplementId(world, filing),
    certificate: String(await certificate(world, registrantNamed(people, "张三"), { holder: "陆鸿渐" })),
    appointment: await appointmentFor(world, filing),
    search: await storeSearch(store, staffNamed(people, "李四"), "13800005678"),
  };
  const { parked, answer } = await parkAnswer(world);
  const lists = await listsFor(world);
  const product = await productFor(world);
  const content = await publicContent(world);
  const move = await moveFor(world);
  const tasks = await tasksFor(world);
  const record = await recordFor(world, filing, websites[0]?.id ?? 0);
  const termination = await terminationFor(world, Number(own.access));
  const compared = await reconciled(world, Number(record));
  const ends = await cutAndCodes(world);
  return {
    ...own,
    ...lists,
    ...tasks,
    ...product,
    ...path,
    ...content,
    move,
    domain,
    parked,
    answer,
    bureau: await firstBureau(world),
    package: await packageOf(world, filing),
    record,
    termination,
    ...compared,
    ...ends,
  };
}

/** What the bureau asked and said: an inquiry, an inspection, a notice. */
async function tasksFor({
  store,
  db,
}: World): Promise<Record<"inquiry" | "inspection" | "bulletin", string>> {
  const [bureau] = await db<{ id: number }[]>`select id from isp_bureaus order by id limit 1`;
  const bureauId = bureau?.id ?? 0;
  await downloaded(store, bureauId, inquiryXml(askedRecord(unknownRecord)));
  await downloaded(store, bureauId, inspectionXml("<Wzch><Wzid>9</Wzid></Wzch>"));
  await downloaded(store, bureauId, bulletinXml("<Tzlb>0</Tzlb><Tznr>请整改</Tznr>"));
  const [row] = await db<Record<"inquiry" | "inspection" | "bulletin", number>[]>`
    select (select id from inquiries) as inquiry, (select id from inspections) as inspection,
      (select id from bulletins) as bulletin`;
  const { inquiry, inspection, bulletin } = row ?? {};
  return { inquiry: String(inquiry), inspection: String(inspection), bulletin: String(bulletin) };
}

/** 取消接入 of the owner's access, in its period of grace. */
async function terminationFor({ store, people }: World, accessId: number): Promise<string> {
  const start = { accessId, reason: "9", explanation: "服务器已到期", words: "其他：服务器已到期" };
  return String(await startTermination(store, staffNamed(people, "孙七"), { ...start, requestId: newId() }));
}

/** An unfiled website in the bureau's list, and an entry of the provider's own blacklist. */
async function listsFor({ store, db, people }: World): Promise<{ site: string; entry: string }> {
  const [bureau] = await db<{ id: number }[]>`select id from isp_bureaus limit 1`;
  await listsCome(store, bureau?.id ?? 0, unfiledList({ id: 1, domain: "weibei.cn", ip: "203.0.113.9" }));
  const listed = { kind: "website" as const, name: "", domains: ["bei-lieru.cn"], reason: "多次违约" };
  await addOwnEntry(store, staffNamed(people, "吴九"), listed, newId());
  const [site] = await db<{ id: number }[]>`select id from reported_sites`;
  const [entry] = await db<{ id: number }[]>`select id from blacklist_entries`;
  return { site: String(site?.id), entry: String(entry?.id) };
}

/** A product of 张三 with a code. */
async function productFor({ store, people }: World): Promise<{ product: string; authorisation: string }> {
  const productId = await stock(store, people, cloudServer({ quota: 1000 }));
  const { id: accountId, ispId } = people.registrants.张三;
  await rememberOwner(store.db, productId, accountId);
  const made = await createCode(store, { ispId, productId, accountId, requestId: newId() });
  return { product: String(productId), authorisation: made.made ? String(made.id) : "" };
}

/** A 面签 of the filing at a place of the provider. */
async function appointmentFor(world: World, { id, ispId }: Filing): Promise<string> {
  const placeId = await bookable(world);
  const [row] = await world.db<{ id: number }[]>`
    insert into appointments (filing_id, isp_id, place_id, starts_at, seat)
    values (${id}, ${ispId}, ${placeId}, now() + interval '3 days', 1) returning id`;
  return String(row?.id);
}

async function supplementId({ db }: World, { id }: Filing): Promise<string> {
  const [row] = await db<{ id: number }[]>`select id from supplements where filing_id = ${id}`;
  return String(row?.id);
}

/** A 验证备案类型 of the owner that waits for an answer. */
async function typeCheckFor({ store, lookups, people }: World): Promise<string> {
  const { accountId, ispId } = registrantNamed(people, "张三");
  const inputs = { nature: "4", certType: "1", certNo: "91330108MA27XL1Q75", domain: "weizhi.cn" };
  const asked = { accountId, ispId, inputs, wanted: "join" as const, requestId: newId() };
  return (await startTypeCheck(store, lookups, asked))?.id ?? "";
}

/** A table of 张三 that was checked, with no row in it. */
const batchFor = ({ store, people }: World): Promise<string> =>
  keepBatch(store, registrantNamed(people, "张三"), [], newId());

/** A filing that 客服 wrote for 张三. */
async function draftFor(world: World): Promise<{ draft: string; draftSubject: string }> {
  const { filing } = await writtenByStaff(world, freshParts());
  const { subject } = arrange(await sectionsOf(world.store, filing));
  return { draft: filing.number, draftSubject: String(subject.id) };
}

/** What the filing becomes once it has its numbers. */
async function recordFor(world: World, filing: Filing, website: number): Promise<string> {
  const { store, db, people } = world;
  await become(world, filing, "approved");
  await db`update filings set bureau_id = (select id from isp_bureaus limit 1) where id = ${filing.id}`;
  await numberByHand(
    store,
    await findFiling(db, filing.number, { kind: "system" }),
    staffNamed(people, "孙七"),
    {
      subjectNumber: "浙ICP备2026000001号",
      websites: new Map([[website, "浙ICP备2026000001号-1"]]),
      evidence: "管局电话告知",
      requestId: newId(),
    },
  );
  return String((await recordOfFiling(store, filing.id))?.id);
}

/** A file that carried the filing to a bureau. */
async function packageOf({ store, db, files }: World, filing: Filing): Promise<string> {
  const [row] = await db<{ id: number }[]>`select id from isp_bureaus order by id limit 1`;
  const bureau = await findBureau(db, row?.id ?? 0);
  return String(await keptPackage({ ...store, files }, bureau, { filing }));
}

/** A further record of 张三, on offer to 王五. */
async function moveFor(world: World): Promise<string> {
  const [bureau] = await world.db<{ id: number }[]>`select id from isp_bureaus limit 1`;
  const { subjectId } = await recordOf(world, bureau?.id ?? 0);
  return String(await offered(world, subjectId, "wangwu"));
}

/** An answer of the bureau about a filing that nobody knows. */
async function parkAnswer({ store, db, people, files }: World): Promise<{ parked: string; answer: string }> {
  const bureauId = await createBureau(store, {
    ...{ ispId: people.isps.first, province: "330000", name: "浙江省通信管理局" },
    ...{ endpoint: "http://127.0.0.1:1", bureauIspId: 1001, userName: "yi", secrets: { password: "x" } },
    isDefault: true,
  });
  const sent = { fileName: "a.xml", beianInfo: "QUJD", beianInfoHash: "h" };
  const algorithms = { encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 };
  const bureau = await findBureau(db, bureauId);
  const answer = await storeReceived({ ...store, files }, bureau, { ...sent, ...algorithms });
  if (!answer) throw new Error("the answer was not kept");
  await applyAnswer(store, answer, [
    { kind: "refused", about: "999", codes: [{ code: 1002, words: "" }], words: "材料不清楚" },
  ]);
  const [parked] = await db<{ id: number }[]>`select id from bureau_results where outcome = 'parked'`;
  return { parked: String(parked?.id), answer: String(answer.id) };
}

async function gather(world: World): Promise<Party[]> {
  const { store, people } = world;
  const member = { userName: "chuyi", name: "褚一", password, ispId: people.isps.second };
  const far = await createStaff(store, { ...member, roles: Object.keys(roles) as Role[] });
  const signedIn = (name: Parameters<World["signInAs"]>[0], cookie: string): Party =>
    keeping(name, cookie, () => world.signInAs(name));
  const farBrowser = async (): Promise<Browser> => {
    const browser = world.visitor(hosts.second);
    const secret = await openSession(store, "staff", far, { place: "本机", device: "Linux上的Chrome" });
    browser.setCookie("staff", secret);
    return browser;
  };
  return [
    { name: "a visitor", browser: async () => world.visitor() },
    ...(["张三", "王五", "钱一"] as const).map((name) => signedIn(name, "session")),
    ...(["李四", "赵六", "孙七", "周八", "吴九", "郑十"] as const).map((name) => signedIn(name, "staff")),
    keeping("褚一", "staff", farBrowser),
  ];
}

/** The same browser as long as it is signed in: routes that sign out do so. */
function keeping(name: string, cookie: string, signIn: () => Promise<Browser>): Party {
  let browser: Browser | undefined;
  return {
    name,
    browser: async () => {
      if (!browser?.cookies.has(browser.cookieName(cookie))) browser = await signIn();
      return browser;
    },
  };
}

/** Puts the filing into a state, held by nobody. */
export async function become({ db }: World, { id }: { id: number }, state: State): Promise<void> {
  await db`
    update filings set state = ${state}, claimed_by = null, claimed_until = null,
      returned_from = ${state === "returned" ? "initial" : null} where id = ${id}`;
}

const firstBureau = async ({ db }: World): Promise<string> => {
  const [row] = await db<{ id: number }[]>`select id from isp_bureaus order by id limit 1`;
  return String(row?.id ?? 0);
};
