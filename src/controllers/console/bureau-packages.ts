import { Hono } from "hono";
import { type MaskedFile, maskedFile } from "../../gateways/bureau/masked-file.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { findPackage, packageFor } from "../../models/bureau/package-file.ts";
import { requestsIn } from "../../models/bureau/package-list.ts";
import { findBureau } from "../../models/bureau/rows.ts";
import { NotFound } from "../../models/errors.ts";
import type { Deps } from "../deps.ts";

/** Requests, and lines of the file, on one page. */
const REQUESTS = 50;
const LINES = 300;

/** 报文: one file that was sent, what is in it, and the file itself. */
export const bureauPackages = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/bureau/packages/:package", allow("submitter"), (c) => show(c, deps))
    .get("/console/bureau/packages/:package/content", allow("submitter"), (c) => content(c, deps))
    .get("/console/bureau/packages/:package/file", allow("submitter"), (c) => download(c, deps));

function asked(c: Ctx): number {
  const id = wholeNumber(c.req.param("package"));
  if (id === undefined) throw new NotFound("no such package");
  return id;
}

async function show(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const sent = await findPackage(deps, actor, asked(c));
  const after = wholeNumber(c.req.query("after"));
  const [bureau, requests] = await Promise.all([
    findBureau(deps.db, sent.bureauId),
    requestsIn(deps.db, actor, sent.id, { ...(after ? { after } : {}), limit: REQUESTS + 1 }),
  ]);
  const shown = requests.slice(0, REQUESTS);
  const last = requests.length > REQUESTS ? shown.at(-1) : undefined;
  const base = `/console/bureau/packages/${sent.id}`;
  return page(c, "console/packages/package", {
    ...{ sent, bureau: bureau.name, base, requests: shown },
    older: last && `${base}?after=${last.position}`,
    newer: after ? base : undefined,
  });
}

/** The file in words, persons masked. */
async function content(c: Ctx, deps: Deps): Promise<Response> {
  const from = wholeNumber(c.req.query("from")) ?? 0;
  const { kept, zip } = await packageFor(deps, staffMember(c), asked(c), "open-package");
  const file: MaskedFile = maskedFile(zip, { from, limit: LINES });
  const base = `/console/bureau/packages/${kept.id}`;
  return page(c, "console/packages/content", {
    ...{ sent: kept, base, file },
    older: file.more > 0 ? `${base}/content?from=${from + LINES}` : undefined,
    newer: from > 0 ? `${base}/content?from=${Math.max(0, from - LINES)}` : undefined,
  });
}

/** The zip as it was sent, before encryption. */
async function download(c: Ctx, deps: Deps): Promise<Response> {
  const { kept, zip } = await packageFor(deps, staffMember(c), asked(c), "download-package");
  c.header("content-type", "application/zip");
  c.header("content-disposition", `attachment; filename="${kept.fileName.replace(/\.xml$/, "")}.zip"`);
  c.header("cache-control", "no-store");
  return c.body(new Uint8Array(zip));
}
