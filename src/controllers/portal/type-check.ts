import { Hono } from "hono";
import { blankProductCheck, productRefusals, readProductCheck } from "../../forms/product-check.ts";
import { readAnswers } from "../../forms/type-check.ts";
import { productHook } from "../../gateways/products/index.ts";
import { type FormBody, readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { networkOf } from "../../middleware/request.ts";
import { passwordHash } from "../../models/filing/icp-password.ts";
import { filingsById } from "../../models/filing/rows.ts";
import type { Verified } from "../../models/product/bind.ts";
import { verifyProduct } from "../../models/product/verify.ts";
import { type Answers, beginFiling } from "../../models/type-check/begin.ts";
import { checkPassword } from "../../models/type-check/password.ts";
import type { Opening, Path } from "../../models/type-check/paths.ts";
import { choosePath, findTypeCheck, settledPath, type TypeCheck } from "../../models/type-check/rows.ts";
import type { Problem } from "../../view.ts";
import { applicant, counters, openedPath, rootOf } from "../applicant.ts";
import type { Deps } from "../deps.ts";
import { writer } from "../desk.ts";
import { heldBy } from "./held.ts";
import { takenProblems } from "./new-filing-page.ts";
import { passwordWords } from "./password-words.ts";
import { askedBy, checkedPage, obstacleOf, productStep, type Shown } from "./type-check-page.ts";

/** What the check found, in words, and what its path still needs; then the filing is opened. */
export function typeCheck(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of counters(deps))
    app
      .get(`${filing}/filings/new/:check`, ...who, async (c) => {
        const check = await findTypeCheck(deps, c.req.param("check") ?? "", applicant(c));
        if (check.filingId !== null) return toFiling(c, deps, check.filingId);
        return show(c, deps, check, { choosing: c.req.query("choose") !== undefined });
      })
      .post(`${filing}/filings/new/:check`, ...who, (c) => answer(c, deps));
  return app;
}

async function answer(c: Ctx, deps: Deps): Promise<Response> {
  const check = await findTypeCheck(deps, c.req.param("check") ?? "", applicant(c));
  if (check.filingId !== null) return toFiling(c, deps, check.filingId);
  const body = await readBody(c);
  const act = text(body, "act");
  if (act === "choose") return choose(c, deps, check, text(body, "path"));
  const path = settledPath(check);
  if (!path || obstacleOf(check, path) || path === "change" || path === "foreign_domain")
    return show(c, deps, check, { problems: path ? [] : [UNCHOSEN] }, 422);
  return act === "update" ? redraw(c, deps, check, path, body) : begin(c, deps, check, path, body);
}

const UNCHOSEN: Problem = { field: "path", text: "请选择要办理的类型" };

const show = async (
  c: Ctx,
  deps: Deps,
  check: TypeCheck,
  shown: Shown,
  status: 200 | 422 = 200,
): Promise<Response> =>
  page(
    c,
    "portal/type-check/page",
    {
      ...(await checkedPage(deps, applicant(c), check, c.var.isp?.name ?? "本系统", shown)),
      root: rootOf(c),
    },
    status,
  );

/** Sent again, or opened again: the filing stands already. */
async function toFiling(c: Ctx, deps: Deps, id: number): Promise<Response> {
  const filing = (await filingsById(deps.db, applicant(c), [id])).get(id);
  return c.redirect(filing ? openedPath(c, filing) : `${rootOf(c)}/filings/new`, 303);
}

async function choose(c: Ctx, deps: Deps, check: TypeCheck, path: string): Promise<Response> {
  if (path === "") return show(c, deps, check, { choosing: true, problems: [UNCHOSEN] }, 422);
  await choosePath(deps, check, path);
  return c.redirect(`${rootOf(c)}/filings/new/${check.id}`, 303);
}

const answersIn = (check: TypeCheck, path: Path, body: FormBody) =>
  readAnswers(body, { asked: askedBy(check, path), isWebsite: path === "join", known: check.found });

/** A kind of product was chosen: its controls come, nothing is judged yet. */
async function redraw(c: Ctx, deps: Deps, check: TypeCheck, path: Path, body: FormBody): Promise<Response> {
  const { types } = await productStep(deps, check.ispId);
  const { values } = answersIn(check, path, body);
  return show(c, deps, check, { values, product: readProductCheck(body, types).form });
}

async function begin(c: Ctx, deps: Deps, check: TypeCheck, path: Opening, body: FormBody): Promise<Response> {
  const { required, types } = await productStep(deps, check.ispId);
  const read = answersIn(check, path, body);
  const isLeftOut = !required && text(body, "productType") === "";
  const product = isLeftOut ? { form: blankProductCheck, problems: [] } : readProductCheck(body, types);
  const again = (problems: readonly Problem[], more: Partial<Shown> = {}) =>
    show(c, deps, check, { values: read.values, product: product.form, problems, ...more }, 422);
  if (read.problems.length + product.problems.length > 0)
    return again([...read.problems, ...product.problems]);
  const [secret, verified] = await Promise.all([
    read.values.password ? verifiedPassword(c, deps, read.values) : { password: undefined },
    isLeftOut ? undefined : verifiedProduct(c, deps, product.form),
  ]);
  const problems = [secret, verified].flatMap((one) => (one && "problem" in one ? [one.problem] : []));
  if (problems.length > 0) return again(problems);
  const made = await beginFiling(deps, writer(c), check, path, {
    ...withoutPassword(read.values, "password" in secret ? secret.password : undefined),
    product: verified && "product" in verified ? verified.product : undefined,
  });
  if ("number" in made) return c.redirect(openedPath(c, made), 303);
  if ("unbound" in made) return again([productRefusals[made.unbound]]);
  const held = await heldBy(deps, applicant(c), check.inputs, made, check.subjectId);
  const inTheWay = takenProblems({ held, recorded: made.recorded ?? [] });
  return again(
    inTheWay.map(({ text }) => ({ field: "held", text })),
    { held },
  );
}

/** The clear password goes no further than here. */
function withoutPassword(
  { number, name, siteName, password }: { number: string; name: string; siteName: string; password: string },
  checked: Answers["password"],
): Answers {
  const secret = password ? { passwordHash: passwordHash(password) } : {};
  return { number, name, siteName, ...secret, ...(checked && { password: checked }) };
}

async function verifiedPassword(
  c: Ctx,
  deps: Deps,
  { number, password }: { number: string; password: string },
): Promise<{ problem: Problem } | { password: "right" | "unchecked" }> {
  const source = networkOf(c.var.source);
  const answer = await checkPassword(deps, deps.lookups, applicant(c), { number, password, source });
  return answer === "right" || answer === "unchecked"
    ? { password: answer }
    : { problem: { field: "password", text: passwordWords[answer] } };
}

async function verifiedProduct(
  c: Ctx,
  deps: Deps,
  { type, credentials }: ReturnType<typeof readProductCheck>["form"],
): Promise<{ problem: Problem } | { product: Verified }> {
  if (type === "") return { problem: productRefusals.wrong };
  const { accountId, ispId } = applicant(c);
  const source = networkOf(c.var.source);
  const asked = { ispId, accountId, type, credentials, source };
  const answer = await verifyProduct(deps, { products: deps.products ?? productHook() }, asked);
  if (!answer.ok) return { problem: productRefusals[answer.reason] };
  return { product: { productId: answer.productId, codeId: answer.codeId } };
}
