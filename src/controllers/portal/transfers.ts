import { Hono } from "hono";
import { blankTransfer, readTransfer, type TransferForm, transferProblems } from "../../forms/transfer.ts";
import { allow } from "../../middleware/access.ts";
import { type FormBody, readBody, requestIdIn, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { findProfile } from "../../models/account/profile.ts";
import { codeProblem } from "../../models/code/codes.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import { recordsOfAccount } from "../../models/record/rows.ts";
import { type OfferRefusal, offerRecord, requestTransferCode } from "../../models/transfer/offer.ts";
import { isAsked, movesOfAccount, recordsInForce } from "../../models/transfer/rows.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

const perAccount = { name: "transfer", most: 30, seconds: 3600 };

export const offerWords: Record<OfferRefusal, string> = {
  gone: "这份备案已经不在您的账号里，或者已经注销",
  open_filing: "这份备案上还有备案单在办理，请先办完或取消，再转移",
  offered: "这份备案已经在等对方确认；要换一个账号，请先取消那一次",
};

type Shown = { form?: TransferForm; problems?: Problem[]; pending?: boolean; sent?: boolean };

/** 转移 between accounts: what is waiting, what was, and a new one. */
export const transfers = (deps: Deps) =>
  new Hono<Env>()
    .get("/account/transfers", allow("registrant"), (c) => show(c, deps))
    .post("/account/transfers", allow("registrant"), async (c) => {
      const actor = registrant(c);
      const { over, retryAfter } = await countHit(deps, perAccount, String(actor.accountId));
      if (over) throw new TooMany(retryAfter);
      const body = await readBody(c);
      const form = readTransfer(body);
      const act = text(body, "act");
      if (act === "other") return show(c, deps, { form });
      const own = (await recordsInForce(deps.db, actor)).map(({ id }) => id);
      const { userName } = await findProfile(deps, actor.accountId);
      const problems = transferProblems(form, { own, userName });
      if (problems.length > 0) return show(c, deps, { form, problems });
      return act === "confirm" ? confirm(c, deps, form, body) : send(c, deps, form);
    });

async function send(c: Ctx, deps: Deps, form: TransferForm): Promise<Response> {
  const asked = await requestTransferCode(deps, registrant(c), form);
  if (asked.refused)
    return show(c, deps, { form, problems: [{ field: "record", text: offerWords[asked.refused] }] });
  const { requested } = asked;
  if (requested.state === "requested") return show(c, deps, { form, pending: true, sent: true });
  const text = `请在${requested.seconds}秒后再重发`;
  return show(c, deps, { form, pending: true, problems: [{ field: "code", text }] });
}

async function confirm(c: Ctx, deps: Deps, form: TransferForm, body: FormBody): Promise<Response> {
  const requestId = requestIdIn(c, body, "transfer", String(form.subjectId), form.toName.toLowerCase());
  const made = await offerRecord(deps, registrant(c), { ...form, requestId });
  if ("checked" in made) {
    const text = codeProblem(made.checked) ?? "";
    return show(c, deps, { form, pending: true, problems: [{ field: "code", text }] });
  }
  if (made.offered) return c.redirect("/account/transfers?offered", 303);
  return show(c, deps, { form, problems: [{ field: "record", text: offerWords[made.refused] }] });
}

/** What the note at the head says, by what was just done. */
const notes = new Map([
  ["offered", "已经请对方确认。对方在7天内接受以后，备案就到对方的账号；过期作废。"],
  ["accepted", "备案已经到您的账号。"],
  ["given", "已经合并到对方的账号，您的账号看不到这些备案了。"],
  ["declined", "已经拒绝。"],
  ["withdrawn", "已经取消，备案仍在您的账号里。"],
  ["over", "它已经办完或者过期，请看下面的记录。"],
]);

async function show(c: Ctx, deps: Deps, shown: Shown = {}): Promise<Response> {
  const actor = registrant(c);
  const { form = blankTransfer, problems = [], pending = false, sent = false } = shown;
  const [moves, inForce, records] = await Promise.all([
    movesOfAccount(deps.db, actor),
    recordsInForce(deps.db, actor),
    recordsOfAccount(deps, actor),
  ]);
  const options = inForce.map(({ id, number }) => ({
    code: String(id),
    label: `${number} ${records.find((record) => record.id === id)?.name ?? ""}`.trim(),
  }));
  const open = moves.filter(({ state }) => state === "offered");
  const data = {
    ...{ form, problems, pending, sent, records: options },
    done: notes.get([...new URL(c.req.url).searchParams.keys()][0] ?? ""),
    asked: open.filter((move) => isAsked(move, actor)),
    begun: open.filter((move) => !isAsked(move, actor)),
    over: moves
      .filter(({ state }) => state !== "offered")
      .map((move) => ({ ...move, given: move.fromAccount === actor.accountId })),
  };
  return page(c, "portal/transfers/page", data, problems.length > 0 ? 422 : 200);
}
