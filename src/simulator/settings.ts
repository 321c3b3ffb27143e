import { z } from "zod";

/**
 * What can go wrong on purpose.
 * - `down`: HTTP 503 to everything, the service description too
 * - `busy` 15, `hours` 20, `wrong_password` 5, `maintenance` 901 or 902: answered without doing anything
 * - `garbage`: the answer is no XML; `garbage_http`: not even SOAP
 * - `drop_before`: the connection is closed before anything is done
 * - `timeout_after_accept`: everything is done, then the connection is closed; `hang_after_accept`: never answered
 */
export const FAULTS = [
  "none",
  "down",
  "busy",
  "hours",
  "wrong_password",
  "maintenance",
  "garbage",
  "garbage_http",
  "drop_before",
  "timeout_after_accept",
  "hang_after_accept",
] as const;
export type Fault = (typeof FAULTS)[number];

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
    /** Every answer waits this long. */
    answerDelayMs: z.number().int().min(0),
    fault: z.enum(FAULTS),
    /** Methods that the fault hits; none named: all. */
    faultMethods: z.array(z.string()),
    /** How many calls it hits before it is over; null: until it is changed. */
    faultTimes: z.number().int().min(0).nullable(),
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
  answerDelayMs: 0,
  fault: "none",
  faultMethods: [],
  faultTimes: null,
};
