import { Hono } from "hono";
import { blankCustomer, type CustomerForm, readCustomer, readCustomerSearch } from "../../forms/customer.ts";
import { agreementVersion } from "../../forms/registration.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { recordLook } from "../../models/audit/log.ts";
import { NotFound } from "../../models/errors.ts";
import { type Customer, findCustomer, findCustomers, openCustomer } from "../../models/on-behalf/accounts.ts";
import { draftsForAccount, draftsOnBehalf } from "../../models/on-behalf/drafts.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import { listRecords } from "../../models/record/list.ts";
import { storedSearch, storeSearch } from "../../models/search/stored.ts";
import type { Problem } from "../../view.ts";
import { provinces } from "../../vocabulary/divisions.ts";
import { maskEmail, maskName, maskPhone } from "../../vocabulary/masking.ts";
import type { Deps } from "../deps.ts";
import { applicantOf, writingRoles } from "../desk.ts";

/** Accounts that one member of staff opens in an hour; each sends a mail to an address that was typed in. */
const opened = { name: "accounts-opened", most: 30, seconds: 3600 };

/** 代为备案 begins here: the account of a registrant is looked up or opened. */
export const accounts = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/accounts", allow(...writingRoles), (c) => ask(c, deps, []))
    .post("/console/accounts", allow(...writingRoles), async (c) => {
      const { words, problems } = readCustomerSearch(await readBody(c));
      if (problems.length > 0) return ask(c, deps, problems);
      // A number or an address never stands in an address of ours.
      const id = await storeSearch(deps, staffMember(c), words);
      return c.redirect(`/console/accounts/found/${id}`, 303);
    })
    .get("/console/accounts/found/:search", allow(...writingRoles), async (c) => {
      const actor = staffMember(c);
      const words = await storedSearch(deps, actor, c.req.param("search"));
      await recordLook(deps.db, actor, "search-personal", [null], { search: c.req.param("search") });
      const found = (await findCustomers(deps, actor, words)).map(shown);
      return page(c, "console/accounts/page", { ...(await pageOf(c, deps)), found, words });
    })
    .get("/console/accounts/new", allow(...writingRoles), (c) => form(c, blankCustomer, []))
    .post("/console/accounts/new", allow(...writingRoles), (c) => open(c, deps))
    .get("/console/accounts/:account", allow(...writingRoles), (c) => show(c, deps));

const pageOf = async (c: Ctx, deps: Deps) => ({
  problems: [] as Problem[],
  words: "",
  found: undefined,
  drafts: await draftsOnBehalf(deps.db, staffMember(c)),
});

const ask = async (c: Ctx, deps: Deps, problems: Problem[]): Promise<Response> =>
  page(c, "console/accounts/page", { ...(await pageOf(c, deps)), problems }, problems.length > 0 ? 422 : 200);

const form = (c: Ctx, values: CustomerForm, problems: Problem[]): Response =>
  page(c, "console/accounts/new", { values, problems, provinces }, problems.length > 0 ? 422 : 200);

async function open(c: Ctx, deps: Deps): Promise<Response> {
  const { values, problems } = readCustomer(await readBody(c));
  if (problems.length > 0) return form(c, values, problems);
  const actor = staffMember(c);
  const { over, retryAfter } = await countHit(deps, opened, String(actor.staffId));
  if (over) throw new TooMany(retryAfter);
  const { province: division, ...rest } = values;
  const id = await openCustomer(deps, actor, { ...rest, division, agreementVersion });
  if (id === undefined) return form(c, values, [{ field: "userName", text: "这个用户名已有人用，请换一个" }]);
  return c.redirect(`/console/accounts/${id}`, 303);
}

/** Staff know the account by its user name; the rest stays masked. */
const shown = ({ id, userName, state, name, mobile, email }: Customer) => ({
  ...{ id, userName, isPending: state === "pending" },
  ...{ name: maskName(name), mobile: maskPhone(mobile), email: maskEmail(email) },
});

async function show(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const accountId = wholeNumber(c.req.param("account"));
  if (accountId === undefined) throw new NotFound("no such account");
  const account = await findCustomer(deps, actor, accountId);
  const owner = applicantOf({ accountId, ispId: actor.ispId });
  const [records, drafts] = await Promise.all([
    listRecords(deps, owner, {}, undefined, 50),
    draftsForAccount(deps.db, actor, accountId),
  ]);
  const inForce = records.filter(({ cancelledAt }) => cancelledAt === null);
  return page(c, "console/accounts/account", { account: shown(account), records: inForce, drafts });
}
