import type { Registrant, Staff } from "../../models/actor.ts";
import { filingsById } from "../../models/filing/rows.ts";
import { sectionsOf } from "../../models/filing/sections.ts";
import { changedFields, isMasked, maskedValue, type Values } from "../../vocabulary/fields/index.ts";
import { kindName } from "../../vocabulary/filing.ts";
import type { Deps } from "../deps.ts";

/** What a change altered on record, in words; numbers of persons are masked. */
export type RecordChange = {
  number: string;
  kind: string;
  at: Date;
  fields: { label: string; before: string; after: string }[];
};

/** Changes that are shown, the newest. */
const SHOWN = 20;

/** What the changes of a record that came through altered, newest first. */
export async function changesOfRecord(
  deps: Deps,
  actor: Registrant | Staff,
  filingIds: readonly number[],
): Promise<RecordChange[]> {
  const filings = [...(await filingsById(deps.db, actor, filingIds)).values()]
    .filter(({ kind, state }) => kind === "change" && state === "numbered")
    .toSorted((one, other) => other.id - one.id)
    .slice(0, SHOWN);
  return Promise.all(
    filings.map(async (filing) => {
      const sections = (await sectionsOf(deps, filing)).filter(({ open, before }) => open && before);
      return {
        ...{ number: filing.number, kind: kindName(filing), at: filing.stateSince },
        fields: sections.flatMap(({ kind, before, values }) =>
          changedFields(kind, before ?? {}, values).map((change) => ({
            label: change.field.summaryLabel,
            before: shown(change.field, before ?? {}, change.before),
            after: shown(change.field, values, change.after),
          })),
        ),
      };
    }),
  );
}

/** A hidden field has no value, whatever stands there. */
const shown = (field: Parameters<typeof maskedValue>[0], values: Values, text: string): string =>
  text !== "" && isMasked(field, values) ? maskedValue(field, values) : text;
