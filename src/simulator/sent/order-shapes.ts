import { z } from "zod";
import { INSPECTED } from "./inspections.ts";
import { CHANGES } from "./lists.ts";

/** A form has texts alone: an empty one is not named. */
const unlessEmpty = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((value) => (value === "" ? undefined : value), shape.optional());

const id = z.coerce.number().int().positive();
const domainName = z.string().trim().toLowerCase().min(4).max(128);
const domains = z.preprocess(
  (value) => (typeof value === "string" ? value.split(/[\s,;，；、]+/).filter(Boolean) : value),
  z.array(domainName).min(1),
);
/** Whom to tell; nobody named: who has an access to it, or everybody with an account. */
const to = { ispId: unlessEmpty(id) };

const codeChange = z
  .object({
    table: z.string(),
    id: z.string(),
    label: z.string().min(1).optional(),
    valid: z.boolean().optional(),
  })
  .strict();

/** A list of texts; of a form, one for all. */
const texts = z.preprocess(
  (value) => (typeof value === "string" ? (value === "" ? [] : [value]) : value),
  z.array(z.string()).default([]),
);

/** What the desk can have the bureau send. Without an id the newest record is taken that can be told of. */
export const SENDING_ORDERS = [
  z.object({ action: z.literal("inquire"), bureauId: unlessEmpty(id), ...to }),
  z.object({
    ...{ action: z.literal("inspect"), of: z.enum(INSPECTED).default("subject"), bureauId: unlessEmpty(id) },
    reason: unlessEmpty(z.string().max(512)),
    /** Hcjg: of an access 1 多报, 2 少报; of a website 0 存活, 1 死亡. */
    result: unlessEmpty(z.coerce.number().int().min(0).max(2)),
    ...to,
  }),
  z.object({
    action: z.literal("bulletin"),
    words: z.string().trim().min(1).max(255),
    /** Of a subject or a website. */
    bureauId: unlessEmpty(id),
    ...to,
  }),
  z.object({
    action: z.literal("blacklist"),
    change: z.enum(CHANGES).default("add"),
    name: z.string().trim().min(1).max(255),
    /** Of a subject: its document. */
    nature: unlessEmpty(id),
    certType: unlessEmpty(id),
    certNumber: unlessEmpty(z.string().trim().min(1).max(255)),
    /** Of a website. */
    domains: unlessEmpty(domains),
    homePage: unlessEmpty(z.string().min(4).max(255)),
    ...to,
  }),
  z.object({
    action: z.literal("illegal"),
    ...{ domain: domainName, ip: z.ipv4(), accessProvider: unlessEmpty(id) },
    province: unlessEmpty(id),
    ...to,
  }),
  z.object({
    action: z.literal("unfiled"),
    ...{ domain: domainName, ip: z.ipv4(), operator: unlessEmpty(id), province: unlessEmpty(id) },
    checks: unlessEmpty(z.coerce.number().int().min(0)),
    ...to,
  }),
  z.object({
    action: z.literal("codes"),
    /** Names such as Dwxz_dms; none: all of them, and the units. */
    tables: texts,
    change: z.array(codeChange).default([]),
    ...to,
  }),
  z.object({
    action: z.literal("copy"),
    of: z.enum(["records", "codes"]).default("records"),
    /** How many records one file carries. */
    perFile: z.coerce.number().int().min(1).max(10_000).default(100),
    ...to,
  }),
] as const;

export type SendingOrder = z.output<(typeof SENDING_ORDERS)[number]>;
