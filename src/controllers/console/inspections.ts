import { Hono } from "hono";
import { readNote } from "../../forms/inquiry.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import {
  closeInspection,
  doneInspections,
  type Inspection,
  type InspectionKind,
  openInspections,
  toldIn,
} from "../../models/inspection/rows.ts";
import type { Problem } from "../../view.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { maskName } from "../../vocabulary/masking.ts";
import type { Deps } from "../deps.ts";

/** Rows of a page. */
const PAGE = 50;

/** 核查结果: what the bureau found wrong, each entry with what to do, to be worked off. */
export const inspections = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/inspections", allow("submitter"), (c) => waiting(c, deps))
    .get("/console/inspections/done", allow("submitter"), (c) => done(c, deps))
    .get("/console/inspections/:inspection", allow("submitter"), (c) =>
      c.redirect("/console/inspections", 303),
    )
    .post("/console/inspections/:inspection", allow("submitter"), (c) => close(c, deps));

/** What is wrong and what to do, by kind and finding (Hcjg). */
const advice: Record<InspectionKind, { label: string; table?: string; todo: Record<string, string> }> = {
  subject: {
    label: "主体信息有误",
    todo: { "": "核对主体信息。确有错误的，请主办者办理变更备案；没有错的，向管局说明。" },
  },
  access: {
    label: "接入信息有误",
    table: "access_check",
    todo: {
      1: "管局查不到这个接入。核实网站是否还在本接入商：不在的，取消接入；在的，向管局说明。",
      2: "网站在本接入商，但没有上报。请主办者办理新增接入；不是本接入商接入的，向管局说明。",
      "": "核对接入信息，多报的取消接入，少报的请主办者办理新增接入。",
    },
  },
  website: {
    label: "空壳网站",
    table: "shell_site_check",
    todo: {
      "": "网站没有接入信息。在本接入商的，请主办者办理新增接入；不再使用的，请主办者注销网站。",
    },
  },
  liveness: {
    label: "网站打不开",
    todo: { "": "核对网站能否打开。打不开的，请主办者恢复或注销；能打开的，向管局说明。" },
  },
};

function rowOf({ entry, ...one }: Inspection) {
  const { label, table, todo } = advice[one.kind];
  const finding = one.finding === null ? "" : String(one.finding);
  const name = maskedPerson(entry.name ?? "");
  return {
    ...{ ...one, name, about: one.number ?? name },
    label: table && finding !== "" ? `${label}：${codeLabel(table, finding)}` : label,
    todo: todo[finding] ?? todo[""] ?? "",
    reason: entry.reason,
    checkedAt: toldIn(entry, "Hcsj"),
    homePage: toldIn(entry, "Syurl"),
    toTerminate: one.kind === "access" && finding !== "2" && one.number !== null,
  };
}

/** A name of two to four characters may be a person's. */
const maskedPerson = (name: string): string => ([...name].length <= 4 ? maskName(name) : name);

type Typed = { id?: number; note?: string; problems?: Problem[] };

async function waiting(c: Ctx, deps: Deps, typed: Typed = {}, status: 200 | 422 = 200): Promise<Response> {
  const after = wholeNumber(c.req.query("after"));
  const found = await openInspections(deps, staffMember(c), { after, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const data = {
    ...{ rows: rows.map(rowOf), typed, problems: typed.problems ?? [] },
    next: found.length > PAGE ? `/console/inspections?after=${rows.at(-1)?.id}` : undefined,
    first: after ? "/console/inspections" : undefined,
  };
  return page(c, "console/inspections/page", data, status);
}

async function done(c: Ctx, deps: Deps): Promise<Response> {
  const before = wholeNumber(c.req.query("before"));
  const found = await doneInspections(deps, staffMember(c), { before, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  return page(c, "console/inspections/done", {
    rows: rows.map(rowOf),
    older: found.length > PAGE ? `/console/inspections/done?before=${rows.at(-1)?.id}` : undefined,
    newest: before ? "/console/inspections/done" : undefined,
  });
}

async function close(c: Ctx, deps: Deps): Promise<Response> {
  const id = wholeNumber(c.req.param("inspection"));
  if (id === undefined) throw new NotFound("no such inspection");
  const { words: note, problems } = readNote(await readBody(c), `note-${id}`, "");
  if (problems.length > 0) return waiting(c, deps, { id, note, problems }, 422);
  await closeInspection(deps, staffMember(c), id, note);
  return c.redirect("/console/inspections", 303);
}
