import {
  displayValue,
  type Field,
  isMasked,
  isSensitive,
  maskedValue,
  type Values,
} from "../../vocabulary/fields/index.ts";
import { maskName } from "../../vocabulary/masking.ts";

const MASK = "****";

/** A value as this person may read it. */
export function readable(field: Field, values: Values, seesPersons: boolean): string {
  if (seesPersons || !isSensitive(field, values) || isMasked(field, values))
    return maskedValue(field, values);
  const text = displayValue(field, values);
  if (text === "") return "";
  if (field.sensitivity === "name") return maskName(text);
  return field.sensitivity === "address" ? `${[...text].slice(0, 6).join("")}${MASK}` : MASK;
}
