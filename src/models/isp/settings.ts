import { z } from "zod";
import type { Db } from "../../db/client.ts";
import { usualHours } from "../../lib/working-days.ts";
import { productTypeNames } from "../../vocabulary/product-types.ts";

const days = (usual: number) => z.number().int().min(1).max(60).default(usual);

/** Forms that a provider may ask for besides the usual ones. */
export const extraForms = ["pledge", "securityPledge", "securityAgreement"] as const;
/** Papers whose originals a provider may want before a filing goes to the bureau. */
export const originals = ["form", "letter", ...extraForms] as const;

/** Keys of `isps.settings` with what holds where a provider says nothing. */
const schema = z.object({
  /** Ways of the second check; empty: the provider asks for none and ④ ⑤ are left out. */
  verification: z
    .array(z.enum(["curtain", "own-backdrop", "on-site", "video"]))
    .default(["curtain", "own-backdrop"]),
  /** Working days that staff have in each stage. */
  reviewDays: z
    .object({ initial_review: days(2), verification: days(2), ready: days(1), bureau_returned: days(1) })
    .prefault({}),
  workingHours: z
    .array(z.tuple([z.string(), z.string()]))
    .default(usualHours.map(([start, end]) => [start, end])),
  /** 初审 ≠ 核验; null: on where the provider has two or more staff. */
  fourEyes: z.boolean().nullable().default(null),
  /** How long a claim lasts without a new sign of life. */
  claimMinutes: z.number().int().min(5).max(480).default(30),
  /** Days after which an idle filing is closed; null: never. */
  termDays: z.number().int().min(7).max(365).nullable().default(null),
  /** 取消接入 by the provider: days between the notice and the filing, and whether it is filed by itself then. */
  termination: z
    .object({ graceDays: z.number().int().min(3).max(90).default(15), automatic: z.boolean().default(false) })
    .prefault({}),
  /** 断开接入: whether cancellations that we filed ourselves open a task too; those of the bureau always do. */
  cuts: z.object({ own: z.boolean().default(true) }).prefault({}),
  /** Verified filings go to the bureau without 上报 pressing the button. */
  autoUpload: z.boolean().default(false),
  /** Days after the bureau's approval without a number until somebody is told. */
  numberDays: z.number().int().min(1).max(30).default(3),
  /** 对账: days without a file after which a full copy that nobody called whole is over; the next file begins a new one. */
  copyDays: z.number().int().min(1).max(60).default(7),
  /** Working days in which an inquiry of the bureau (核实任务) is answered: it names none itself. */
  inquiryDays: days(5),
  /** Staff need a time-based one-time password as second step. */
  staffTotp: z.boolean().default(false),
  /** Text on the curtain, asked for in the photo. */
  curtainText: z.string().default(""),
  /** 寄送资料: originals that must lie with the provider, checked, before a filing goes to the bureau. */
  papers: z.object({ required: z.array(z.enum(originals)).default([]) }).prefault({}),
  /** Forms that every new filing must bring as a picture. */
  materials: z.object({ required: z.array(z.enum(extraForms)).default([]) }).prefault({}),
  /** 证件识别: pictures of cards and licences are read by machine, compared with what was filled in, and offered. */
  recognition: z.boolean().default(true),
  /** 产品核验: whether a filing needs a product, which kinds there are, and who knows them: our table or the hook. */
  products: z
    .object({
      required: z.boolean().default(false),
      source: z.enum(["table", "webhook"]).default("table"),
      types: z.array(z.enum(productTypeNames)).default(productTypeNames),
    })
    .prefault({}),
});

export type IspSettings = z.infer<typeof schema>;

/** Takes what is stored, gives every setting; throws a ZodError for what no setting may be. */
export const readSettings = (stored: unknown): IspSettings => schema.parse(stored);

/** The settings of one provider. */
export async function ispSettings(db: Db, ispId: number): Promise<IspSettings> {
  const [row] = await db<{ settings: unknown }[]>`select settings from isps where id = ${ispId}`;
  return readSettings(row?.settings ?? {});
}
