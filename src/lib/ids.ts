import { randomBytes, randomUUID } from "node:crypto";

/** A random UUID, for ids that stand in logs and forms (request ids, file ids). */
export const newId = (): string => randomUUID();

/** An unguessable token for links and passwords: 43 characters of base64url, 256 bits. */
export const newToken = (): string => randomBytes(32).toString("base64url");
