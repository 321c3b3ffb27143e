/** What a browser would send of a form of ours as it stands on the page, without any button. */
export type Fields = Record<string, string | string[]>;

const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>])`).exec(tag);
  return found ? unescaped(found[1] ?? "") : undefined;
};

/** The form that goes to this address; throws when the page has none. */
export function formOf(html: string, action: string): Fields {
  const start = html.indexOf(`action="${action}"`);
  if (start < 0) throw new Error(`no form goes to ${action}`);
  const form = html.slice(start, html.indexOf("</form>", start));
  const fields: Fields = {};
  const add = (name: string | undefined, value: string) => {
    if (!name) return;
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  };
  for (const [tag, , inner = ""] of form.matchAll(
    /<input[^>]*>|<(select|textarea)[^>]*>([\s\S]*?)<\/(?:select|textarea)>/g,
  )) {
    const name = attribute(tag, "name");
    if (tag.startsWith("<input")) {
      const isTick = ["checkbox", "radio"].includes(attribute(tag, "type") ?? "");
      if (!isTick || attribute(tag, "checked") !== undefined) add(name, attribute(tag, "value") ?? "");
    } else if (tag.startsWith("<select")) {
      const options = inner.match(/<option[^>]*>/g) ?? [];
      const chosen = options.find((option) => attribute(option, "selected") !== undefined) ?? options[0];
      add(name, attribute(chosen ?? "", "value") ?? "");
    } else add(name, unescaped(inner));
  }
  return fields;
}
