import { newId } from "../../src/lib/ids.ts";
import { accessTable } from "../../src/middleware/access.ts";
import { bureausOf } from "../../src/models/bureau/rows.ts";
import { addWebsite } from "../../src/models/filing/change-sections.ts";
import { createFiling } from "../../src/models/filing/create.ts";
import { type Filing, findFiling } from "../../src/models/filing/rows.ts";
import { saveSection } from "../../src/models/filing/save.ts";
import { arrange, sectionsOf } from "../../src/models/filing/sections.ts";
import { stateNames } from "../../src/models/filing/states.ts";
import { startTypeCheck } from "../../src/models/type-check/start.ts";
import { creditCodeCheck } from "../../src/vocabulary/credit-code.ts";
import type { Values } from "../../src/vocabulary/filing.ts";
import * as sample from "../rules/sample.ts";
import { type Answer, Browser, type World } from "./app.ts";
import { act, addPictures, complete, draft, registrantNamed, reviewed, staffNamed } from "./filings.ts";
import { addBureau, numberFiling } from "./records.ts";
import { faultyParts } from "./twenty-faults.ts";

/** A page as a person meets it: `open` asks for it with the given headers. */
export type Sample = { name: string; open(headers: Record<string, string>): Promise<Answer> };

let serial = 0;
const fresh = () => {
  const first17 = `91330108MA5${String(++serial).padStart(6, "0")}`;
  return { domain: `shili-chaye-${serial}.cn`, certNo: first17 + creditCodeCheck(first17) };
};

const actor = (world: World) => registrantNamed(world.people, "张三");

/** A complete draft with a second website, its own responsible person and two accesses, every field filled. */
export async function fullDraft(world: World): Promise<Filing> {
  const { store } = world;
  const filing = await complete(store, actor(world), {
    ...fresh(),
    subject: { remark: "网站由市场部维护，工作日可联系。" },
  });
  await addWebsite(store, actor(world), { filingId: filing.id, seen: 1 });
  const { websites } = arrange(await sectionsOf(store, filing));
  const second = websites[1];
  if (!second?.accesses[0]) throw new Error("no second website");
  const domain = `er-${filing.domain}`;
  await fill(world, filing, second.id, {
    ...sample.website,
    ...sample.leader,
    siteName: "示例茶叶知识与文化推广平台",
    domains: [domain, `mirror-${domain}`],
    homePages: [`www.${domain}`],
    remark: "",
  });
  await fill(world, filing, second.accesses[0].id, sample.access);
  return findFiling(world.db, filing.number, actor(world));
}

async function fill(world: World, filing: Filing, sectionId: number, values: Values): Promise<void> {
  const section = (await sectionsOf(world.store, filing)).find(({ id }) => id === sectionId);
  const wanted = { filingId: filing.id, sectionId, version: section?.version ?? 0, values };
  await saveSection(world.store, actor(world), wanted);
}

/** A filing that was returned with reasons at fields and pictures. */
async function returnedFiling(world: World): Promise<Filing> {
  const { store } = world;
  const filing = await complete(store, actor(world), fresh());
  const { subject, websites } = arrange(await sectionsOf(store, filing));
  const site = websites[0]?.id ?? 0;
  await act(store, filing, "submit", actor(world), { declared: true });
  const reasons = [
    ...["name", "residence", "person", "mobile"].map((field) => ({
      sectionId: subject.id,
      field,
      reason: "as-certificate",
      note: "请与营业执照上写的完全一致",
    })),
    { sectionId: site, field: "siteName", reason: "other", note: "网站名称要和内容有关" },
    { sectionId: subject.id, slot: "certificate", reason: "unclear" },
    { sectionId: site, slot: "form", reason: "date" },
  ];
  return reviewed(store, filing, "return-initial", staffNamed(world.people, "李四"), { reasons });
}

/** More filings than one page lists, each with a website's name of usual length. */
async function fillList(world: World): Promise<void> {
  for (let count = 0; count < 22; count++) {
    const filing = await draft(world.store, actor(world), fresh());
    await world.db`update filings set site_name = ${`示例茶叶批发零售商城第${count}分站`}, state = ${count % 3 ? "draft" : "at_bureau"} where id = ${filing.id}`;
  }
}

const PARAMETERS: Record<string, string> = {
  ...{ n: "2", m: "1", slot: "certificate", code: "330000" },
  ...{ form: "verification", blank: "verification-guangdong-individual" },
};

/** Not pages of the portal: the console, what only the demo has, files and machines' addresses. */
const OTHER = /^\/(console|dev|static|healthz|readyz|metrics|api)(\/|$)/;

/** Every page of the portal that a GET without a body shows, by its route: a new page is measured without a word here. */
function routesOf(world: World, filing: Filing): { path: string; visitor: boolean }[] {
  return accessTable(world.app)
    .filter(({ method, path, audience }) => method === "GET" && !OTHER.test(path) && !Array.isArray(audience))
    .map(({ path, audience }) => ({
      path: path.replace(/:(\w+)(\{.*?\})?/g, (_, name: string) =>
        name === "id" ? filing.number : (PARAMETERS[name] ?? name),
      ),
      visitor: audience === "anyone",
    }));
}

/** Says yes to the terms, so that the registration is open. */
async function agreed(world: World): Promise<Browser> {
  const visitor = world.visitor();
  await visitor.get("/agreement");
  await visitor.post("/agreement", { agree: "1" });
  return visitor;
}

/** A check that waits for an answer, a change with new values, a cancellation: what they show of a subject on record. */
async function onRecord(world: World, zhang: Browser): Promise<string[]> {
  const { store, lookups } = world;
  const { accountId, ispId } = actor(world);
  const inputs = { ...fresh(), nature: "4", certType: "1" };
  const check = await startTypeCheck(store, lookups, {
    ...{ accountId, ispId, inputs, wanted: "join", requestId: newId() },
  });
  await zhang.post(`/filings/new/${check?.id}`, { act: "choose", path: "join" });
  const paths = [`/filings/new/${check?.id}`, `/filings/new/${check?.id}?choose`];
  for (const kind of ["change", "cancel"] as const) {
    const filed = await complete(store, actor(world), fresh());
    const bureau = (await bureausOf(world.db, ispId))[0]?.id ?? (await addBureau(store, ispId));
    const id = await numberFiling(store, filed, bureau, `浙ICP备2026${String(filed.id).padStart(6, "0")}号`);
    const made = await createFiling(store, actor(world), {
      ...{ kind, scope: "subject", subjectId: id, targetId: id, accountId, ispId, requestId: newId() },
    });
    if ("taken" in made) throw new Error("taken");
    const pages = [
      "",
      "/subject",
      "/websites/1",
      "/password",
      "/check",
      ...(kind === "cancel" ? ["/reason"] : []),
    ];
    paths.push(...pages.map((path) => `/filings/${made.number}${path}`));
  }
  return paths;
}

/** All pages of the portal, over filings as they come up: empty ones, full ones, returned ones, twenty in a list. */
export async function portalPages(world: World): Promise<Sample[]> {
  const full = await fullDraft(world);
  const returned = await returnedFiling(world);
  const blank = await draft(world.store, actor(world), fresh());
  const faulty = await complete(world.store, actor(world), { ...fresh(), ...faultyParts() });
  const stages = await complete(world.store, actor(world), fresh());
  await addPictures(world.store, stages, ["photo"]);
  await fillList(world);
  const [zhang, visitor, newcomer] = [await world.signInAs("张三"), world.visitor(), await agreed(world)];
  const get = (name: string, browser: Browser, path: string): Sample => ({
    name,
    open: (headers) => browser.get(path, headers),
  });
  const post = (name: string, browser: Browser, path: string, fields: Record<string, string>): Sample => ({
    name,
    open: async (headers) => {
      await browser.get(path.replace("/submission", "/check"));
      return browser.post(path, fields, headers);
    },
  });
  const of = (filing: Filing, path = "") => `/filings/${filing.number}${path}`;
  return [
    ...routesOf(world, full).flatMap(({ path, visitor: open }) => [
      ...(open ? [get(`${path} (visitor)`, visitor, path)] : []),
      get(path.replace(full.number, ":id"), zhang, path),
    ]),
    get("/register (agreed)", newcomer, "/register"),
    post("/register, nothing typed", newcomer, "/register", {}),
    post("/login, wrong", visitor, "/login", { login: "zhangsan", password: "wrong" }),
    post("/filings/new, nothing typed", zhang, "/filings/new", {}),
    ...["/subject", "/websites/1", "/websites/1/accesses/1", "/check", "/materials", ""].flatMap((path) => [
      get(`:id${path}, new`, zhang, of(blank, path)),
      get(`:id${path}, all findings`, zhang, `${of(blank, path)}?all`),
      get(`:id${path}, returned`, zhang, of(returned, path)),
    ]),
    ...["/subject?at=name", "/websites/1?at=siteName", "/check"].map((path) =>
      get(`:id${path}, twenty faults`, zhang, of(faulty, path)),
    ),
    ...(await onRecord(world, zhang)).map((path) => get(path, zhang, path)),
    post(":id/submission, refused", zhang, of(blank, "/submission"), {}),
    ...stateNames.map((state) => ({
      name: `:id as ${state}`,
      open: async (headers: Record<string, string>) => {
        await world.db`
          update filings set state = ${state}, returned_from = ${state === "returned" ? "initial" : null},
            sms_until = now() + interval '20 hours', due_at = now() + interval '1 day' where id = ${stages.id}`;
        return zhang.get(of(stages), headers);
      },
    })),
  ];
}
