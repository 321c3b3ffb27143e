import { fieldsOf } from "../vocabulary/fields/index.ts";
import type { Field, FieldKind } from "../vocabulary/fields/types.ts";
import type { FieldRef } from "./types.ts";

const SECTIONS = ["subject", "website", "access", "cancellation"] as const;

/** Every field of the dictionary that satisfies the condition, as places a rule runs on. */
export function allFields(fits: (field: Field) => boolean): FieldRef[] {
  return SECTIONS.flatMap((section) =>
    fieldsOf(section)
      .filter(fits)
      .map((field): FieldRef => `${section}.${field.key}`),
  );
}

const TYPED: readonly FieldKind[] = ["text", "tel", "email", "area", "lines", "approvals"];

/** Fields that people type into. */
export const isTyped = (field: Field): boolean => TYPED.includes(field.kind);
