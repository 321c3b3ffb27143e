import { enqueue } from "../../jobs.ts";
import { derivedId } from "../../lib/ids.ts";
import type { Registrant, Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { type Beginning, createFiling, type Taken } from "../filing/create.ts";
import type { Filing } from "../filing/rows.ts";
import { bindProduct, type Verified } from "../product/bind.ts";
import type { RootStore, Store } from "../store.ts";
import type { Opening } from "./paths.ts";
import type { TypeCheck } from "./rows.ts";

/** What a path asks for besides the check; the password as its hash. */
export type Answers = {
  number?: string;
  name?: string;
  siteName?: string;
  passwordHash?: string;
  password?: "right" | "unchecked";
  product?: Verified | undefined;
};

/** The product cannot carry it after all; see `bindProduct`. */
export type Unbound = { unbound: "quota" | "wrong" };

/** What a filing of a path begins with. */
function beginningOf({ inputs, subjectId }: TypeCheck, path: Opening, answers: Answers): Beginning {
  const { number = "", name = "", siteName = "" } = answers;
  switch (path) {
    case "first":
      return { kind: "first", ...inputs };
    case "add_here":
      if (subjectId === null) throw new NotFound("the subject is on record with another account");
      return { kind: "add", subjectId, domain: inputs.domain };
    case "add_elsewhere":
      return { kind: "add", ...inputs, number };
    case "join":
      return {
        kind: "join",
        ...inputs,
        number,
        name,
        siteName,
        ...(subjectId === null ? {} : { subjectId }),
      };
  }
}

/** Minutes until the bureau that was silent is asked again. */
const LATER = 10 * 60_000;
/** Graphile's waits grow by e: so many tries reach into the second day. */
const TRIES = 12;

/**
 * Opens the filing that a check leads to, binds its product and remembers the check, all or nothing. Sent twice it is
 * opened once. Gives the filing, or why there is none.
 */
export async function beginFiling(
  store: RootStore,
  actor: Registrant | Staff,
  check: TypeCheck,
  path: Opening,
  answers: Answers,
): Promise<Filing | Taken | Unbound> {
  const { accountId, ispId } = check;
  const { passwordHash, password = null, product } = answers;
  const requestId = derivedId("type-check", check.id);
  const wanted = { ...beginningOf(check, path, answers), accountId, ispId, requestId };
  const within = async (inside: Store, filing: Filing): Promise<void> => {
    const bound = product ? await bindProduct(inside, filing, product) : undefined;
    if (bound?.bound === false) throw new NotBound(bound.reason);
    await inside.db`
      update type_checks set filing_id = ${filing.id}, chosen = ${path}, password = ${password} where id = ${check.id}`;
    if (check.bureau === "silent") await recheckLater(inside, check.id);
  };
  try {
    return await createFiling(store, actor, { ...wanted, ...(passwordHash && { passwordHash }) }, within);
  } catch (error) {
    if (error instanceof NotBound) return { unbound: error.reason };
    throw error;
  }
}

const recheckLater = ({ db }: Store, checkId: string): Promise<void> =>
  enqueue(
    db,
    "recheck-type",
    { checkId },
    {
      ...{ key: `recheck-type:${checkId}`, maxAttempts: TRIES },
      runAt: new Date(Date.now() + LATER),
    },
  );

/** Rolls the filing back; never leaves this file. */
class NotBound extends Error {
  readonly reason: "quota" | "wrong";
  constructor(reason: "quota" | "wrong") {
    super(reason);
    this.reason = reason;
  }
}
