/** A posted form as Hono reads it with `all`: a field given several times is a list. */
export type FormBody = Record<string, string | File | (string | File)[]>;

/** The text of a field, "" when it is missing; of several the first. */
export function text(body: FormBody, field: string): string {
  const value = body[field];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first : "";
}

/** All texts of a field. */
export const texts = (body: FormBody, field: string): string[] =>
  [body[field] ?? []].flat().filter((value): value is string => typeof value === "string");
