import type { SectionForm } from "../../forms/section.ts";
import { type FormBody, text } from "../../lib/form-body.ts";
import { readMaterials } from "../../models/material/read-text.ts";
import type { Store } from "../../models/store.ts";
import { type ReadFact, readFacts } from "../../rules/read-facts.ts";
import {
  maskedValue,
  maybeField,
  summaryLabelOf,
  textOf,
  type Values,
} from "../../vocabulary/fields/index.ts";
import type { SectionPlace } from "./section-place.ts";

/** What was read on a picture for a field that is still empty, as it is offered. */
export type Offer = { key: string; label: string; text: string };

type Place = Pick<SectionPlace, "filing" | "section">;

/** What was read for the empty fields of a section; each field once. */
async function openFacts(store: Store, { filing, section }: Place, values: Values): Promise<ReadFact[]> {
  const materials = await readMaterials(store, filing);
  const facts = readFacts({ materials }, { ...section, values });
  const empty = facts.filter(({ key }) => textOf(values, key) === "");
  return empty.filter(({ key }, index) => empty.findIndex((fact) => fact.key === key) === index);
}

/** The offers of a section (从证件照片读取); personal numbers are masked until they are taken. */
export async function offersFor(store: Store, place: Place, values: Values): Promise<Offer[]> {
  const facts = await openFacts(store, place, values);
  return facts.flatMap(({ key, text }) => {
    const field = maybeField(place.section.kind, key);
    const read = { ...values, [key]: text };
    return field ? [{ key, label: summaryLabelOf(field, values), text: maskedValue(field, read) }] : [];
  });
}

/** The label of the field that was filled, "" when none was: an offer may be gone when somebody presses it. */
export type Taken = { form: SectionForm; filled: string };

/**
 * The form as it was sent, with the one field filled whose 填入 was pressed, drawn anew with it in sight. What was read
 * comes from our own row, never from the page, and never over something that was typed.
 */
export async function withOffer(
  store: Store,
  place: Place,
  body: FormBody,
  form: SectionForm,
): Promise<Taken> {
  const wanted = text(body, "fill");
  if (!wanted) return { form, filled: "" };
  const fact = (await openFacts(store, place, form.values)).find(({ key }) => key === wanted);
  const field = fact && maybeField(place.section.kind, fact.key);
  if (!fact || !field) return { form: { ...form, act: "update" }, filled: "" };
  const values = { ...form.values, [fact.key]: fact.text };
  const typed = new Set([...form.typed, fact.key]);
  return { form: { ...form, act: "update", values, typed }, filled: summaryLabelOf(field, values) };
}
