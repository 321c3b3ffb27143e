import type { Ctx } from "../middleware/env.ts";
import { readPicture } from "../models/material/files.ts";
import type { Opening } from "../models/material/opening.ts";
import type { Deps } from "./deps.ts";

/** WebP begins with RIFF, four bytes of length, WEBP; every other copy of ours is a JPEG. */
const typeOf = (bytes: Buffer): string =>
  bytes.toString("latin1", 0, 4) === "RIFF" && bytes.toString("latin1", 8, 12) === "WEBP"
    ? "image/webp"
    : "image/jpeg";

/**
 * Sends a picture opened. It is shown and never run: its type is fixed, and a page that would hold it is sandboxed.
 * `mayKeep`: the address names this very picture, so the browser of this person may keep it for a day.
 */
export async function sendPicture(
  c: Ctx,
  { files }: Deps,
  opening: Opening,
  mayKeep: boolean,
): Promise<Response> {
  const { material, copy, key } = opening;
  return sendBytes(c, await readPicture(files, key, material, copy), mayKeep);
}

/** The same for the bytes themselves. */
export function sendBytes(c: Ctx, bytes: Buffer, mayKeep: boolean): Response {
  c.header("content-type", typeOf(bytes));
  c.header("content-disposition", "inline");
  c.header("content-security-policy", "default-src 'none'; sandbox");
  c.header("cache-control", mayKeep ? "private, max-age=86400, immutable" : "private, no-store");
  return c.body(new Uint8Array(bytes));
}
