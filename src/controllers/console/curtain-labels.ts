import { Hono } from "hono";
import {
  type Address,
  type LabelInput,
  labelsOf,
  labelsPdf,
  PER_SHEET,
  signWords,
} from "../../documents/forms/index.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { curtainsInState } from "../../models/curtain/curtain.ts";
import { findIsp } from "../../models/isp/isp.ts";
import { openPlaces } from "../../models/place/place.ts";
import type { Deps } from "../deps.ts";
import { filingRoles } from "./filing.ts";

/** As many as one page of the list shows. */
const MOST = 50;

/** 邮寄标签 of the curtains that wait to be posted: eight on a sheet, as a page and as a PDF; every look is written down. */
export const curtainLabels = (deps: Deps): Hono<Env> =>
  new Hono<Env>()
    .get("/console/curtains/labels", allow(...filingRoles), async (c) => {
      const { inputs, next } = await ordered(c, deps);
      const data = {
        labels: await labelsOf(inputs),
        signWords,
        skip: skipped(c),
        perSheet: PER_SHEET,
        after: after(c),
        next,
      };
      return page(c, "console/curtains/labels", data);
    })
    .get("/console/curtains/labels.pdf", allow(...filingRoles), async (c) => {
      const { inputs } = await ordered(c, deps);
      const bytes = await labelsPdf(await labelsOf(inputs), skipped(c), new Date());
      return c.body(new Uint8Array(bytes), 200, {
        "content-type": "application/pdf",
        "content-disposition": 'attachment; filename="labels.pdf"',
        "cache-control": "no-store",
      });
    });

const after = (c: Ctx): number => Number(/^\d{1,15}$/.exec(c.req.query("after") ?? "")?.[0] ?? 0);

/** Places of the first sheet that are used up. */
const skipped = (c: Ctx): number => Number(/^[0-7]$/.exec(c.req.query("skip") ?? "")?.[0] ?? 0);

async function ordered(c: Ctx, deps: Deps): Promise<{ inputs: LabelInput[]; next: number | undefined }> {
  const actor = staffMember(c);
  const [found, from] = await Promise.all([
    curtainsInState(deps, actor, "ordered", after(c), MOST + 1),
    senderOf(deps, actor.ispId),
  ]);
  const rows = found.slice(0, MOST);
  await recordLook(
    deps.db,
    actor,
    "print-labels",
    rows.map(({ filing }) => filing.id),
  );
  const inputs = rows.map(({ filing, recipient, phone, address, remark }) => ({
    ...{ reference: `备案幕布　${filing.number}`, remark, from },
    to: { name: recipient, phone, address },
  }));
  return { inputs, next: found.length > MOST ? rows.at(-1)?.id : undefined };
}

/** What comes back goes to the first 邮寄地址. */
async function senderOf({ db }: Deps, ispId: number): Promise<Address> {
  const [isp, [place]] = await Promise.all([findIsp(db, ispId), openPlaces(db, ispId, "post")]);
  return {
    name: isp?.legalName ?? "",
    phone: place?.phone || (isp?.phone ?? ""),
    address: place?.address ?? "",
  };
}
