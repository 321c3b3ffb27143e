import { type Part, partsXml } from "./results.ts";
import type { QueuedFile } from "./state.ts";

/** A file that is to wait for a provider: whole, or a part that may share a file with others of its kind. */
export type Draft = {
  to: { ispId: number; province: string };
  file: Pick<QueuedFile, "kind" | "availableAt">;
} & ({ part: Part } | { xml: string });

type Shared = Extract<Draft, { part: Part }>;

const kindOf = ({ to, file, part }: Shared): string =>
  [to.ispId, file.kind, file.availableAt, part.element].join();

/** Drafts as files, up to `together` parts of the same kind in each, in the order of the first of each kind. */
export function filesOf(drafts: readonly Draft[], together: number): (Draft & { xml: string })[] {
  const groups = new Map<string, Draft[]>();
  drafts.forEach((draft, index) => {
    const key = "part" in draft ? kindOf(draft) : String(index);
    const group = groups.get(key);
    if (group) group.push(draft);
    else groups.set(key, [draft]);
  });
  return [...groups.values()].flatMap((group) => inFiles(group, together));
}

function inFiles(group: Draft[], together: number): (Draft & { xml: string })[] {
  const files: (Draft & { xml: string })[] = [];
  for (let at = 0; at < group.length; at += together) {
    const some = group.slice(at, at + together);
    const [first] = some;
    if (!first) break;
    const xml = "xml" in first ? first.xml : partsXml((some as Shared[]).map(({ part }) => part));
    files.push({ to: first.to, file: first.file, xml });
  }
  return files;
}
