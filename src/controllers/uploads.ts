import { Hono } from "hono";
import { wholeNumber } from "../lib/numbers.ts";
import { allow } from "../middleware/access.ts";
import { type FormBody, readBody, text } from "../middleware/body.ts";
import type { Ctx, Env } from "../middleware/env.ts";
import { TooMany } from "../middleware/rate-limit.ts";
import { countHit } from "../models/rate-limit/rate-limit.ts";
import { addPart, isUpload, receivedOf, takeUpload, type Upload } from "../models/upload/parts.ts";
import type { Deps } from "./deps.ts";
import { writer, writingRoles } from "./desk.ts";

/** Parts a person sends in an hour; a file of 20 MB has some hundred. */
const perHolder = { name: "upload-parts", most: 6000, seconds: 3600 };

/** Whose parts they are. */
export type Holder = Pick<Upload, "ispId" | "holder">;

/** Files in parts, for the script of the pages about pictures; without it a form carries its files itself. */
export const uploads = (deps: Deps) =>
  new Hono<Env>()
    .post("/uploads", allow("registrant"), (c) => takePart(c, deps, holderOf(c)))
    .post("/console/uploads", allow(...writingRoles), (c) => takePart(c, deps, holderOf(c)));

/** The account or the member of staff who is signed in. */
export function holderOf(c: Ctx): Holder {
  const actor = writer(c);
  const holder = actor.kind === "staff" ? `staff:${actor.staffId}` : `account:${actor.accountId}`;
  return { ispId: actor.ispId, holder };
}

/**
 * Answers `{ received }`: how many bytes are here. Asked without a part it only says so. 200 where that is the end of the
 * part, though it came twice; 409 where it did not fit: the sender goes on from there; 422 where the words name no file.
 */
export async function takePart(c: Ctx, deps: Deps, holder: Holder): Promise<Response> {
  const { over, retryAfter } = await countHit(deps, perHolder, holder.holder);
  if (over) throw new TooMany(retryAfter);
  const body = await readBody(c);
  const upload = { ...holder, name: text(body, "name"), size: wholeNumber(text(body, "size")) ?? 0 };
  if (!isUpload(upload)) return c.json({ error: "no such file" }, 422);
  const { part } = body;
  if (!(part instanceof File)) return c.json({ received: await receivedOf(deps, upload) });
  const start = wholeNumber(text(body, "start")) ?? -1;
  const bytes = new Uint8Array(await part.arrayBuffer());
  const received = await addPart(deps, upload, start, bytes);
  return c.json({ received }, received === start + bytes.byteLength ? 200 : 409);
}

/** What a form says of a file that came before it: `<name>:<size>:<file name>` in the control `<control>Upload`. */
const NAMED = /^([0-9a-f]+):(\d+):(.*)$/s;

/** What is said when a file that came in parts is not here (any more). */
export const LOST = "图片没有传完整，或者放得太久已经清掉了，请重新选择图片再上传";

/**
 * A form with the files that came in parts put where a browser without scripts would have put them; `lost` when one of
 * them is not here whole.
 */
export async function withUploads(
  deps: Deps,
  holder: Holder,
  body: FormBody,
  controls: readonly string[] = ["picture", "back"],
): Promise<{ body: FormBody; lost: boolean }> {
  const files: Record<string, File> = {};
  for (const control of controls) {
    const [, name = "", size = "", fileName = ""] = NAMED.exec(text(body, `${control}Upload`)) ?? [];
    if (name === "") continue;
    const upload = { ...holder, name, size: Number(size) };
    const bytes = isUpload(upload) ? await takeUpload(deps, upload) : undefined;
    if (!bytes) return { body, lost: true };
    files[control] = new File([new Uint8Array(bytes)], fileName);
  }
  return { body: { ...body, ...files }, lost: false };
}
