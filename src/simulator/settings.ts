import { z } from "zod";
import { FAULTS } from "./fault-names.ts";

/** Faults by themselves stand in [fault-names.ts](fault-names.ts). */
export { FAULTS, type Fault } from "./fault-names.ts";

/** One step of a script: a fault, the methods that it hits (none named: all) and how many calls. */
export const stepSchema = z
  .object({
    fault: z.enum(FAULTS),
    methods: z.array(z.string()).default([]),
    times: z.number().int().min(1).default(1),
  })
  .strict();
export type Step = z.output<typeof stepSchema>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** The modes of the simulated bureau; all of it can be changed at the desk while it runs. */
export const settingsSchema = z
  .object({
    /** `approve` and `return` decide by themselves after the delay; `hold` waits for the desk. */
    decisions: z.enum(["approve", "return", "hold"]),
    decisionDelayMs: z.number().int().min(0),
    /** 退回理由 of `return`. */
    returnWords: z.string().min(1).max(500),
    /** The numbers (BASJ) come in a file after or before the approval (BAJG), or only when the desk says so. */
    numbers: z.enum(["after", "before", "withheld"]),
    /** How long after the decision the file with the numbers can be fetched. */
    numbersDelayMs: z.number().int().min(0),
    /** A file with the good news 1062 goes out as soon as a filing is received. */
    news: z.boolean(),
    /** 备案密码 of a new record: `issued` is a fresh one each, to be read at the desk; `fixed` is always Example1. */
    passwords: z.enum(["issued", "fixed"]),
    /** Wrong tries for a number within a day before isp_verifybamm says 22. */
    maxPasswordTries: z.number().int().min(1),
    /** Every upload is answered with 5001, as if it broke the bureau's schema. */
    rejectSchema: z.boolean(),
    /** How many results one file carries: 1 gives each result a file of its own. */
    together: z.number().int().min(1).max(1000),
    /** 报备时间: uploads are taken between these times of the day (20 otherwise), at any time without. */
    hours: z.object({ from: clockTime, until: clockTime }).strict().nullable(),
    /** Files of one provider in which something waits for a decision; from there on uploads are put off (15). */
    maxWaiting: z.number().int().min(1).nullable(),
    /**
     * A number that was taken in before comes again with the same content: it is answered as before and files nothing,
     * refused (999), or filed a second time. No public source says what a bureau does.
     */
    sameAgain: z.enum(["answered", "refused", "filed"]),
    /** A number that was taken in before comes with other content: refused (999), or filed. Likewise. */
    otherAgain: z.enum(["refused", "filed"]),
    /** Elements of operations (XZBA, HSJG …) that are not open to anybody here (5011). */
    closed: z.array(z.string()),
    /** 网站名称 may stand on record once only (1020). */
    uniqueNames: z.boolean(),
    /** Every answer waits this long. */
    answerDelayMs: z.number().int().min(0),
    fault: z.enum(FAULTS),
    /** Methods that the fault hits; none named: all. */
    faultMethods: z.array(z.string()),
    /** How many calls it hits before it is over; null: until it is changed. */
    faultTimes: z.number().int().min(0).nullable(),
    /** Faults to come, one after the other: a call takes the first that means it. They go before `fault`. */
    script: z.array(stepSchema).max(1000),
  })
  .strict();

export type Settings = z.infer<typeof settingsSchema>;

/** The password of every new record while `passwords` is `fixed`. */
export const FIXED_PASSWORD = "Example1";

export const defaultSettings: Settings = {
  decisions: "approve",
  decisionDelayMs: 15_000,
  returnWords: "网站名称与主办单位名称不符，请修改后重新提交。",
  numbers: "after",
  numbersDelayMs: 0,
  news: false,
  passwords: "issued",
  maxPasswordTries: 5,
  rejectSchema: false,
  together: 1,
  hours: null,
  maxWaiting: null,
  sameAgain: "answered",
  otherAgain: "refused",
  closed: [],
  uniqueNames: false,
  answerDelayMs: 0,
  fault: "none",
  faultMethods: [],
  faultTimes: null,
  script: [],
};
