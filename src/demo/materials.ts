import { preparePicture } from "../documents/picture.ts";
import { isPictureProblem } from "../documents/picture-problem.ts";
import { fullDayText } from "../lib/dates.ts";
import { newId } from "../lib/ids.ts";
import type { Filing } from "../models/filing/rows.ts";
import { uploadMaterial } from "../models/material/change.ts";
import { putPicture, readPicture, removeFiles } from "../models/material/files.ts";
import { maybeUnprepared, recordCopies } from "../models/material/prepare.ts";
import { currentMaterials } from "../models/material/rows.ts";
import { slotsOf } from "../models/material/slots.ts";
import type { MaterialSlot } from "../rules/materials.ts";
import { divisionName } from "../vocabulary/divisions.ts";
import type { DemoFiling } from "./cast.ts";
import type { Company } from "./company.ts";
import type { Person } from "./people.ts";
import { demoPicture } from "./pictures/index.ts";

type Scene = { company: Company; demo: DemoFiling; person: Person; certificate: string; address: string };

/** What each slot's picture shows, drawn with the filing's own data. */
const pictures: Partial<Record<MaterialSlot["slot"], (scene: Scene) => Promise<Buffer>>> = {
  certificate: ({ demo, person, certificate, address }) =>
    demo.nature === "5"
      ? demoPicture("identityCard", { name: demo.subject, identity: certificate, address })
      : demoPicture("businessLicence", {
          name: demo.subject,
          creditCode: certificate,
          address,
          legalRepresentative: person.name,
        }),
  leader: ({ person, address }) =>
    demoPicture("identityCard", { name: person.name, identity: person.identity, address }),
  form: ({ company, demo, person }) =>
    demoPicture("verificationForm", {
      isp: company.name,
      subject: demo.subject,
      site: demo.site,
      domain: demo.domain,
      person: person.name,
      identity: person.identity,
      mobile: person.mobile,
      signedOn: printedDay(new Date()),
      sealed: demo.nature !== "5",
    }),
  domain: ({ demo }) => demoPicture("domainCertificate", { domain: demo.domain, holder: demo.subject }),
  photo: ({ company, person }) =>
    demoPicture("curtainPhoto", { person: person.name, identity: person.identity, isp: company.name }),
};

/** One that was drawn before, where the filing takes such; a paper that the demo cannot draw is a form. */
async function pictureFor(scene: Scene, slot: MaterialSlot["slot"]): Promise<Buffer> {
  const { album } = scene.company;
  const drawing = pictures[slot] ?? pictures.form;
  const kept = scene.demo.reuses && (album.get(slot) ?? album.get("form"));
  const bytes = kept ? kept.bytes : await drawing?.(scene);
  if (!bytes) throw new Error(`the demo has no picture for ${slot}`);
  if (!album.has(slot)) album.set(slot, { bytes });
  return bytes;
}

/** 2026年11月18日 */
const printedDay = (day: Date): string => fullDayText(day).replace(/（.*$/, "");

/** Uploads the pictures that a phase needs and prepares them at once, as the worker would. */
export async function addDemoPictures(
  company: Company,
  filing: Filing,
  demo: DemoFiling,
  person: Person,
  certificate: string,
  phase: MaterialSlot["phase"],
): Promise<void> {
  const scene = {
    company,
    demo,
    person,
    certificate,
    address: divisionName(demo.division.county) + demo.street,
  };
  const needed = (await slotsOf(company.store, filing)).filter(
    (slot) => slot.required && !slot.sameAs && slot.phase === phase,
  );
  for (const { slot, sectionId } of needed) {
    const bytes = await pictureFor(scene, slot);
    await uploadMaterial(company.store, company.files, company.registrant, {
      filingId: filing.id,
      slot,
      sectionId,
      bytes,
      requestId: newId(),
    });
  }
  for (const { id, state } of await currentMaterials(company.store.db, filing.id))
    if (state === "processing") await prepareNow(company, id, demo.reuses ?? false);
}

async function prepareNow({ store, files, album }: Company, id: number, reuses: boolean): Promise<void> {
  const waiting = await maybeUnprepared(store, id);
  if (!waiting) return;
  const { material, key, limitBytes } = waiting;
  const kept = album.get(material.slot);
  const known = reuses ? kept?.prepared : undefined;
  const prepared =
    known ?? (await preparePicture(await readPicture(files, key, material, "original"), { limitBytes }));
  if (isPictureProblem(prepared)) throw new Error(`a demo picture is none: ${prepared.code}`);
  if (kept) kept.prepared ??= prepared;
  const put = (copy: "full" | "bureau" | "thumbnail") =>
    putPicture(files, key, material, copy, prepared[copy]);
  const [fullFile, bureauFile, thumbnailFile] = await Promise.all([
    put("full"),
    put("bureau"),
    put("thumbnail"),
  ]);
  const { width, height, faults, bureau } = prepared;
  const names = { fullFile, bureauFile, thumbnailFile };
  const copies = { ...names, bureauBytes: bureau.length, width, height, faults };
  // Reading some dozen drawn cards would keep the first start busy for minutes.
  await recordCopies(store, id, copies, undefined, { read: false });
  await removeFiles(files, [waiting.originalFile]);
}
