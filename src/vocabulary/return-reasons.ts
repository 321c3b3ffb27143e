import { readData } from "./data.ts";

/** Why a field or a material is returned (退回原因): an id that is kept, a text that is shown. */
export type ReturnReason = { id: string; text: string };

const file = readData("return-reasons") as { field: ReturnReason[]; material: ReturnReason[] };

function finder(kind: "field" | "material"): (id: string) => ReturnReason {
  const byId = new Map(file[kind].map((reason) => [reason.id, reason] as const));
  return (id) => {
    const reason = byId.get(id);
    if (!reason) throw new Error(`unknown return reason ${kind} ${id}`);
    return reason;
  };
}

/** The reason of a field by its id; throws for an id that is not in the list. */
export const fieldReason = finder("field");

/** The reason of a material by its id; throws for an id that is not in the list. */
export const materialReason = finder("material");

/** Every reason, for the list under 更多原因. */
export const returnReasons: Readonly<Record<"field" | "material", readonly ReturnReason[]>> = file;
