import { readBeianStatus, readVerification } from "./answers.ts";
import { credentials, hashAlgorithm, type Parameter } from "./authentication.ts";
import { BureauCallFailed, type FailureReason, GatewayUnavailable, XmlUnreadable } from "./errors.ts";
import { createSoapCaller, SERVICE_PATHS } from "./soap.ts";
import type { Answer, BureauAccount } from "./types.ts";

/** `type` 0: a domain; otherwise the code of the document type (table cert_type; the specification names 1–11). */
export type StatusQuestion = { type: number; condition: string };

/** Whether it is filed anywhere. Names and numbers come when it is; those of the website for a domain only. */
export type BeianStatus = {
  filed: boolean;
  subjectNumber?: string;
  websiteNumber?: string;
  websiteName?: string;
};

export type Verification = "right" | "wrong" | "too_many_tries";

/**
 * Why a question to the bureau has no answer.
 * - `timeout`: it did not answer in time · `unavailable`: it could not be reached, or broke off
 * - `refused`: it answered with the code `code` (table msg_code) · `unreadable`: what it answered is no answer
 */
export type LookupFailure = "timeout" | "unavailable" | "refused" | "unreadable";

/** A question to the bureau has no answer. Holds nothing that was asked: no domain, document, number or password. */
export class LookupFailed extends Error {
  override name = "LookupFailed";
  readonly failure: LookupFailure;
  readonly code: number | undefined;
  constructor(method: string, failure: LookupFailure, code?: number) {
    super(`${method}: ${failure}${code === undefined ? "" : ` ${code}`}`);
    this.failure = failure;
    this.code = code;
  }
}

/** Time for a whole question, in milliseconds; somebody waits for it at a page, so it is short: 2000. */
export type LookupOptions = { timeoutMs?: number };

/**
 * Questions to the bureau that change nothing there (企业系统接口规范 V3.0, 3-3-5 and 3-3-6). They need no lock and may
 * be asked beside an upload. Each throws `LookupFailed`.
 */
export interface BureauLookups {
  /** isp_querybeianstatus. */
  queryBeianStatus(
    account: BureauAccount,
    question: StatusQuestion,
    options?: LookupOptions,
  ): Promise<BeianStatus>;
  /** isp_verifybamm. `password` goes to the bureau as it is; the bureau allows few wrong tries for a number. */
  verifyBamm(
    account: BureauAccount,
    record: { number: string; password: string },
    options?: LookupOptions,
  ): Promise<Verification>;
}

const TIME_LIMIT_MS = 2000;
const TOO_MANY_TRIES = 22;

/** Look-ups over SOAP at the bureau, or at the simulator. One for a process: it keeps the service descriptions. */
export function createBureauLookups(): BureauLookups {
  const call = createSoapCaller();

  async function ask<T extends Answer>(
    { account, path, method, timeoutMs = TIME_LIMIT_MS }: Question,
    further: readonly Parameter[],
    read: (text: string) => T | undefined,
  ): Promise<T> {
    const parameters = [...credentials(account), hashAlgorithm, ...further];
    try {
      const text = await call({ endpoint: account.endpoint, path, method, parameters, timeoutMs });
      const answer = read(text);
      if (answer) return answer;
    } catch (error) {
      throw new LookupFailed(method, failureOf(error));
    }
    throw new LookupFailed(method, "unreadable");
  }

  return {
    async queryBeianStatus(account, { type, condition }, options) {
      const question = { account, ...QUERY, ...options };
      const further = [
        ["queryConditionType", type],
        ["queryCondition", condition],
      ] as const;
      const { code, status } = await ask(question, further, readBeianStatus);
      if (code !== 0) throw new LookupFailed(question.method, "refused", code);
      if (!status) throw new LookupFailed(question.method, "unreadable");
      return status;
    },
    async verifyBamm(account, { number, password }, options) {
      const question = { account, ...VERIFY, ...options };
      const further = [
        ["baxh", number],
        ["bamm", password],
      ] as const;
      const { code, right } = await ask(question, further, readVerification);
      if (code === TOO_MANY_TRIES) return "too_many_tries";
      if (code !== 0) throw new LookupFailed(question.method, "refused", code);
      if (right === undefined) throw new LookupFailed(question.method, "unreadable");
      return right ? "right" : "wrong";
    },
  };
}

type Question = LookupOptions & { account: BureauAccount; path: string; method: string };

const QUERY = { path: SERVICE_PATHS.queryBeianStatus, method: "isp_querybeianstatus" };
const VERIFY = { path: SERVICE_PATHS.verifyBamm, method: "isp_verifybamm" };

const FAILURES: Partial<Record<FailureReason, LookupFailure>> = {
  time_ran_out: "timeout",
  answer_unreadable: "unreadable",
  answer_too_large: "unreadable",
};

/** What the transport says; any other error is a mistake of ours and goes on as it is. */
function failureOf(error: unknown): LookupFailure {
  if (error instanceof XmlUnreadable) return "unreadable";
  if (error instanceof GatewayUnavailable && error.reason !== "time_ran_out") return "unavailable";
  if (error instanceof BureauCallFailed) return FAILURES[error.reason] ?? "unavailable";
  throw error;
}
