import { type ErrorDetail, XmlDocument, XmlValidateError, XsdValidator } from "libxml2-wasm";
import { XmlUnreadable } from "./errors.ts";
import { DEFAULT_VERSION, readVersionFile } from "./versions.ts";
import { withXml } from "./xml.ts";

/** One breach of the schema; `rule` never holds the value, which may be personal. */
export type SchemaProblem = {
  /** Where, such as `/UploadData/ICP/XZBA/Baxx/Zt_xx/Zj`. */
  xpath: string;
  element: string;
  /** `order`, `missing`, `value`, or a facet such as `minLength`. */
  rule: string;
  /** The names that were expected, for `order` and `missing`. */
  expected: string[];
};

export type SchemaName = "upload" | "download";

const validators = new Map<string, XsdValidator>();

/** Our schemas import nothing, so building one resolves nothing outside; built once a process. */
function validatorOf(name: SchemaName, version: string): XsdValidator {
  const key = `${version}/${name}`;
  const known = validators.get(key);
  if (known) return known;
  const document = XmlDocument.fromString(readVersionFile(version, `${name}.xsd`));
  const validator = XsdValidator.fromDoc(document);
  document.dispose();
  validators.set(key, validator);
  return validator;
}

/** Checks a decoded text against our own schema of a version. An empty list means valid. Throws `UnknownVersion`. */
export function checkSchema(name: SchemaName, text: string, version = DEFAULT_VERSION): SchemaProblem[] {
  const validator = validatorOf(name, version);
  try {
    return withXml(text, (document) => problemsOf(validator, document));
  } catch (error) {
    if (error instanceof XmlUnreadable) return [{ xpath: "/", element: "", rule: "xml", expected: [] }];
    throw error;
  }
}

function problemsOf(validator: XsdValidator, document: XmlDocument): SchemaProblem[] {
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map(problemOf);
    throw error;
  }
}

function problemOf({ message, xpath = "" }: ErrorDetail): SchemaProblem {
  const element = /^Element '([^']+)'/.exec(message)?.[1] ?? "";
  const expected = /Expected is (?:one of )?\( ([^)]+) \)/.exec(message)?.[1]?.split(", ") ?? [];
  return { xpath, element, rule: ruleOf(message), expected };
}

function ruleOf(message: string): string {
  if (message.includes("Missing child element")) return "missing";
  if (message.includes("This element is not expected")) return "order";
  return /\[facet '(\w+)'\]/.exec(message)?.[1] ?? "value";
}
