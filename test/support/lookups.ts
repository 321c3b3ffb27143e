import {
  type BeianStatus,
  type BureauLookups,
  LookupFailed,
  type StatusQuestion,
  type Verification,
} from "../../src/gateways/bureau/lookups.ts";

/** A bureau that is asked while somebody waits; a test says what it answers. */
export type FakeLookups = BureauLookups & {
  /** What it was asked, in order. */
  asked: StatusQuestion[];
  status(question: StatusQuestion): BeianStatus | Promise<BeianStatus>;
  password(record: { number: string; password: string }): Verification | Promise<Verification>;
};

/** Nothing is filed anywhere and every password is right, until a test says otherwise. */
export function fakeLookups(): FakeLookups {
  const fake: FakeLookups = {
    asked: [],
    status: () => ({ filed: false }),
    password: () => "right",
    queryBeianStatus: async (_account, question) => {
      fake.asked.push(question);
      return fake.status(question);
    },
    verifyBamm: async (_account, record) => fake.password(record),
  };
  return fake;
}

/** The bureau is out of reach, or too slow. */
export const silent = (): never => {
  throw new LookupFailed("isp_querybeianstatus", "timeout");
};
