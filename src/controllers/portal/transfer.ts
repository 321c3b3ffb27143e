import { Hono } from "hono";
import { readMove } from "../../forms/transfer.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { codeProblem } from "../../models/code/codes.ts";
import { NotFound } from "../../models/errors.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import {
  type AcceptRefusal,
  acceptMerge,
  acceptMove,
  requestMergeCode,
} from "../../models/transfer/accept.ts";
import { endMove } from "../../models/transfer/end.ts";
import { productsToChoose } from "../../models/transfer/product.ts";
import { findMove, isAsked, type Move } from "../../models/transfer/rows.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

const perAccount = { name: "transfer-answer", most: 60, seconds: 3600 };

const acceptWords: Record<Exclude<AcceptRefusal, "over">, Problem> = {
  gone: { field: "act", text: "这份备案已经不在原来的账号里，或者已经注销，不能再转移" },
  open_filing: { field: "act", text: "这份备案上还有备案单在办理，要等它办完或取消，才能转移" },
  product: { field: "product", text: "请选择一个可以承载这些网站的产品" },
};

type Form = ReturnType<typeof readMove>;

/** One 转移 or 合并: whoever is asked agrees or not, whoever began may take it back. */
export const transfer = (deps: Deps) =>
  new Hono<Env>()
    .get("/account/transfers/:move", allow("registrant"), async (c) => show(c, deps, await moveOf(c, deps)))
    .post("/account/transfers/:move", allow("registrant"), async (c) => {
      const { over, retryAfter } = await countHit(deps, perAccount, String(registrant(c).accountId));
      if (over) throw new TooMany(retryAfter);
      const move = await moveOf(c, deps);
      const form = readMove(await readBody(c));
      return (answers[form.act] ?? show)(c, deps, move, form);
    });

const moveOf = (c: Ctx, { db }: Deps): Promise<Move> => {
  const id = wholeNumber(c.req.param("move"));
  if (id === undefined) throw new NotFound("no such move");
  return findMove(db, registrant(c), id);
};

type Answer = (c: Ctx, deps: Deps, move: Move, form: Form) => Promise<Response>;

const answers: Record<string, Answer | undefined> = Object.assign(Object.create(null), {
  accept: (c, deps, move, form) =>
    move.kind === "merge" ? give(c, deps, move, form) : take(c, deps, move, form),
  send: sendCode,
  decline: (c, deps, move) => end(c, deps, move, "declined"),
  withdraw: (c, deps, move) => end(c, deps, move, "withdrawn"),
} satisfies Record<string, Answer>);

async function end(c: Ctx, deps: Deps, { id }: Move, ending: "declined" | "withdrawn"): Promise<Response> {
  const { state } = await endMove(deps, registrant(c), id, ending);
  return c.redirect(`/account/transfers?${state === ending ? ending : "over"}`, 303);
}

async function take(c: Ctx, deps: Deps, move: Move, { productId }: Form): Promise<Response> {
  const accepted = await acceptMove(deps, registrant(c), move.id, { productId });
  if (accepted.accepted) return c.redirect("/account/transfers?accepted", 303);
  if (accepted.refused === "over") return c.redirect("/account/transfers?over", 303);
  return show(c, deps, move, undefined, { problems: [acceptWords[accepted.refused]] });
}

async function sendCode(c: Ctx, deps: Deps, move: Move, form: Form): Promise<Response> {
  const requested = await requestMergeCode(deps, registrant(c), move.id, form.channel);
  const problems: Problem[] =
    requested.state === "too-soon" ? [{ field: "code", text: `请在${requested.seconds}秒后再重发` }] : [];
  return show(c, deps, move, form, { problems, pending: true, sent: problems.length === 0 });
}

async function give(c: Ctx, deps: Deps, move: Move, form: Form): Promise<Response> {
  const accepted = await acceptMerge(deps, registrant(c), move.id, form);
  if ("checked" in accepted) {
    const text = codeProblem(accepted.checked) ?? "";
    return show(c, deps, move, form, { problems: [{ field: "code", text }], pending: true });
  }
  if (accepted.accepted) return c.redirect("/account/transfers?given", 303);
  if (accepted.refused === "over") return c.redirect("/account/transfers?over", 303);
  return show(c, deps, move, form, { problems: [acceptWords[accepted.refused]] });
}

type Shown = { problems?: Problem[]; pending?: boolean; sent?: boolean };

async function show(
  c: Ctx,
  deps: Deps,
  move: Move,
  form?: Form,
  { problems = [], pending = false, sent = false }: Shown = {},
): Promise<Response> {
  const actor = registrant(c);
  const asked = isAsked(move, actor);
  const products =
    asked && move.kind === "transfer" && move.state === "offered"
      ? await productsToChoose(deps.db, actor, move.websites)
      : undefined;
  const options = products?.map(({ id, name, keyShown }) => ({
    code: String(id),
    label: `${name}（${keyShown}）`,
  }));
  const data = { move, asked, products: options, problems, pending, sent, channel: form?.channel ?? "sms" };
  return page(c, "portal/transfers/move", data, problems.length > 0 ? 422 : 200);
}
