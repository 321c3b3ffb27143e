/** 330108********0019; other documents keep two characters at each end. */
export function maskIdentity(text: string): string {
  if (/^\d{17}[\dX]$/.test(text)) return `${text.slice(0, 6)}********${text.slice(-4)}`;
  return text.length > 4 ? `${text.slice(0, 2)}****${text.slice(-2)}` : "*".repeat(text.length);
}

/** 138****5678; of a landline the last four digits: 086-0571-****8888. */
export function maskPhone(text: string): string {
  if (/^1\d{10}$/.test(text)) return `${text.slice(0, 3)}****${text.slice(-4)}`;
  const [, before = "", last = ""] = /^(.*?)\d{3,4}(\d{4})$/.exec(text) ?? [];
  return last ? `${before}****${last}` : "*".repeat(text.length);
}

/** z***n@example.cn; of a short name the first character only: z***@example.cn. */
export function maskEmail(text: string): string {
  const at = text.lastIndexOf("@");
  if (at < 1) return "*".repeat(text.length);
  const name = text.slice(0, at);
  return `${name[0]}***${name.length > 3 ? name.at(-1) : ""}${text.slice(at)}`;
}

/** 张*, 欧**云: the first and, of longer names, the last character. */
export function maskName(text: string): string {
  const signs = [...text];
  if (signs.length < 3) return `${signs[0] ?? ""}${"*".repeat(Math.max(0, signs.length - 1))}`;
  return `${signs[0]}${"*".repeat(signs.length - 2)}${signs.at(-1)}`;
}
