import { newId } from "../../src/lib/ids.ts";
import type { Registrant } from "../../src/models/actor.ts";
import { addCertificate } from "../../src/models/certificate/change.ts";
import type { About } from "../../src/models/certificate/rows.ts";
import { prepareCertificate } from "../../worker/tasks/prepare-certificate.ts";
import type { World } from "./app.ts";
import { smallPhoto } from "./photos.ts";

/** Does the work of the worker for every certificate that waits. */
export async function prepareCertificates(world: World): Promise<void> {
  const task = prepareCertificate({ ...world.store, files: world.files });
  const helpers = { progress: () => undefined, attempt: 1, signal: undefined };
  for (const { id } of await world.db<
    { id: number }[]
  >`select id from certificates where state = 'processing'`)
    await task({ certificateId: id }, helpers);
}

/** A certificate of the actor that is ready; gives its id. */
export async function certificate(
  world: World,
  actor: Registrant,
  about: Partial<About> = {},
): Promise<number> {
  const id = await addCertificate(world.store, world.files, actor, {
    ...{ kind: "certificate", note: "", holder: "", validUntil: "", ...about },
    ...{ bytes: await smallPhoto(), requestId: newId() },
  });
  await prepareCertificates(world);
  return id;
}
