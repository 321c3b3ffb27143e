import { createHash, randomBytes, randomUUID } from "node:crypto";

/** A random UUID, for ids that stand in logs and forms (request ids, file ids). */
export const newId = (): string => randomUUID();

/** An unguessable token for links and passwords: 43 characters of base64url, 256 bits. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/**
 * A UUID made of what it stands for (version 8: SHA-256 of the parts): the same cause always gives the same id, so that
 * a job that runs twice asks for the same thing twice and gets it once.
 */
export function derivedId(...parts: readonly (string | number)[]): string {
  const bytes = createHash("sha256").update(JSON.stringify(parts)).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  const cuts = [0, 8, 12, 16, 20, 32];
  return cuts
    .slice(1)
    .map((end, index) => hex.slice(cuts[index], end))
    .join("-");
}

/** Whether a text from a form is an id that `newId` may have made. */
export const isRequestId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
