import { contentHash, type DownloadFile, open, zipXml } from "../../src/gateways/bureau/index.ts";
import { newId } from "../../src/lib/ids.ts";
import { type Beginning, createFiling } from "../../src/models/filing/create.ts";
import { passwordHash } from "../../src/models/filing/icp-password.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import { save } from "../../src/models/filing/save.ts";
import { sectionsOf } from "../../src/models/filing/sections.ts";
import { openRecord } from "../../src/models/record/tree.ts";
import { inTransaction } from "../../src/models/store.ts";
import type { Values } from "../../src/vocabulary/filing.ts";
import { openedZip } from "../../worker/bureau/file.ts";
import * as sample from "../rules/sample.ts";
import type { BureauBench } from "./bureau.ts";
import { act, freshParts as freshCompany, registrantNamed, staffNamed } from "./filings.ts";

/** The bench's own filings have domains of the plain names. */
export const freshParts = () => {
  const { domain, certNo } = freshCompany();
  return { domain: `more-${domain}`, certNo };
};

export const owner = ({ people }: BureauBench) => registrantNamed(people, "张三");

/** The simulator's own number of what was sent last. */
const newest = (bench: BureauBench): number =>
  Math.max(...bench.simulator.view().filings.map(({ id }) => id));

export const approve = (bench: BureauBench) =>
  bench.simulator.order({ action: "approve", filing: newest(bench) });

/** A subject with one website, numbered by the simulated bureau. */
export async function recorded(bench: BureauBench) {
  const filing = await bench.uploading();
  await bench.submit();
  approve(bench);
  await bench.downloadSome();
  const [subject] = await bench.store.db<{ id: number; number: string }[]>`
    select id, number from subjects where filing_id = ${filing.id}`;
  const password = bench.simulator.view().records[0]?.password ?? "";
  const tree = await openRecord(bench.store, owner(bench), subject?.id ?? 0);
  return { tree, number: subject?.number ?? "", password: passwordHash(password) };
}

export async function begin(bench: BureauBench, beginning: Beginning, hash?: string): Promise<Filing> {
  const { accountId, ispId } = owner(bench);
  const made = await createFiling(bench.store, owner(bench), {
    ...beginning,
    ...(hash ? { passwordHash: hash } : {}),
    ...{ accountId, ispId, requestId: newId() },
  });
  if ("taken" in made) throw new Error(`taken: ${made.taken} ${made.recorded}`);
  return made;
}

/** Fills in the open sections, each by its kind, over what stands there. */
export async function fill(bench: BureauBench, filing: Filing, values: Partial<Record<string, Values>>) {
  await inTransaction(bench.store, async (store) => {
    for (const section of (await sectionsOf(store, filing)).filter(({ open: isOpen }) => isOpen))
      await save(store, filing, section, { ...section.values, ...values[section.kind] });
  });
}

/** As if the reviews had passed: 上报 sends it on its way, and the worker sends it. */
export async function send(bench: BureauBench, filing: Filing): Promise<Filing> {
  await bench.store.db`update filings set state = 'ready' where id = ${filing.id}`;
  const sent = await act(bench.store, filing, "upload", staffNamed(bench.people, "孙七"));
  await bench.submit();
  return bench.now(sent);
}

export const packageOf = async (bench: BureauBench, filing: Filing) => {
  const [sent] = await bench.packages(filing);
  if (!sent) throw new Error("no package");
  return sent;
};

const fileOf = (inner: string, fileName: string): DownloadFile => {
  const xml = `<DownloadData version="V.3.0"><ICP>${inner}</ICP></DownloadData>`;
  const zip = zipXml(xml, fileName);
  const algorithms = { encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 };
  return { fileName, beianInfo: zip.toString("base64"), beianInfoHash: contentHash(zip), ...algorithms };
};

let files = 0;

/** What the bureau says in a file of our own. */
export async function say(bench: BureauBench, inner: string) {
  const waiting = [fileOf(inner, `said${++files}.xml`)];
  return bench.download({
    bureau: {
      ...bench.parts.bureau,
      download: async () =>
        waiting[0] ? { code: 3, message: "", file: waiting[0] } : { code: 2, message: "" },
      acknowledge: async () => {
        waiting.shift();
        return { code: 0, message: "" };
      },
    },
  });
}

export const review = (operation: number, verdict: 0 | 1, about: number | string, at = "") =>
  `<BAJG><GJSHS><Gjsh>${at && `<Shsj>${at}</Shsj>`}<Shyj>请修改</Shyj><Shjg>${verdict}</Shjg><Czlx>${operation}</Czlx><Jlid>${about}</Jlid></Gjsh></GJSHS></BAJG>`;

export const bureauIdOf = async (
  bench: BureauBench,
  table: "subjects" | "websites" | "accesses",
  id: number,
) => {
  const [row] = await bench.store.db<{ it: number }[]>`
    select bureau_object_id as it from ${bench.store.db(table)} where id = ${id}`;
  return row?.it ?? 0;
};

export const newSite = (domain: string): Partial<Record<string, Values>> => ({
  website: { ...sample.website, domains: [domain], homePages: [`www.${domain}`], siteName: "示例茶艺课堂" },
  access: sample.access,
});

export async function joining(bench: BureauBench, hash?: string) {
  const { domain, certNo } = freshParts();
  const number = "浙ICP备2020000888号";
  const website = { name: "示例茶业", domains: [domain] };
  const record = { name: "示例茶业（杭州）有限公司", certNumber: certNo, number, websites: [website] };
  bench.simulator.order({ action: "seed", record });
  const password = bench.simulator.view().records[0]?.password ?? "";
  const filing = await begin(
    bench,
    {
      ...{ kind: "join", nature: "4", certType: "1", certNo, domain, number: `${number}-1` },
      ...{ name: "示例茶业（杭州）有限公司", siteName: "示例茶业" },
    },
    hash ?? passwordHash(password),
  );
  await fill(bench, filing, { access: sample.access });
  return { filing, number, password };
}

/** The XML in the kept file of the newest package. */
export async function textOf(bench: BureauBench, filing: Filing): Promise<string> {
  const kept = (await bench.packages(filing)).at(-1);
  if (!kept) throw new Error("no package");
  const zip = await openedZip(bench.parts, kept);
  const wrapped = { beianInfo: zip.toString("base64"), beianInfoHash: contentHash(zip) };
  const algorithms = { encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 };
  return Buffer.from(open({ ...wrapped, ...algorithms }, {}).bytes).toString("latin1");
}

export const changing = async (bench: BureauBench) => {
  const { tree, password } = await recorded(bench);
  const [site] = tree.websites;
  const target = { scope: "website", targetId: site?.id ?? 0 } as const;
  const filing = await begin(bench, { kind: "change", subjectId: tree.id, ...target }, password);
  const domain = String(site?.values.domains?.[0]);
  const { domain: further } = freshParts();
  await fill(bench, filing, { website: { siteName: "示例茶艺馆", domains: [domain, further] } });
  return { tree, filing, further };
};

export const cancelling = async (bench: BureauBench, scope: "subject" | "website" | "access") => {
  const { tree, password } = await recorded(bench);
  const targets = {
    subject: tree.id,
    website: tree.websites[0]?.id ?? 0,
    access: tree.websites[0]?.accesses[0]?.id ?? 0,
  };
  const targetId = targets[scope];
  const filing = await begin(bench, { kind: "cancel", subjectId: tree.id, scope, targetId }, password);
  await fill(bench, filing, { cancellation: { reason: "1", explanation: "网站停办" } });
  return { tree, filing, targetId };
};

export const inForce = async (bench: BureauBench, subjectId: number) => {
  const [row] = await bench.store.db<{ s: number; w: number; d: number; a: number }[]>`
    select (select count(*) from subjects where id = ${subjectId} and cancelled_at is null) as s,
      (select count(*) from websites where subject_id = ${subjectId} and cancelled_at is null) as w,
      (select count(*) from domains d join websites w on w.id = d.website_id
        where w.subject_id = ${subjectId} and d.cancelled_at is null) as d,
      (select count(*) from accesses a join websites w on w.id = a.website_id
        where w.subject_id = ${subjectId} and a.cancelled_at is null) as a`;
  return [row?.s, row?.w, row?.d, row?.a];
};

export const gone = (kind: number, id: number) =>
  `<ZXSJ><Zxxx><Zxlb>${kind}</Zxlb><Jlid>${id}</Jlid><Bz>空壳</Bz></Zxxx></ZXSJ>`;
