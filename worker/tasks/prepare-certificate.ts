import { joinPictures } from "../../src/documents/join-pictures.ts";
import { preparePicture } from "../../src/documents/picture.ts";
import { isPictureProblem } from "../../src/documents/picture-problem.ts";
import { failCopies, keepCopies, maybeWaiting } from "../../src/models/certificate/prepare.ts";
import type { Files } from "../../src/models/material/files.ts";
import { sidesOf } from "../../src/models/material/sides.ts";
import type { WorkerDeps } from "../deps.ts";
import type { Task } from "./types.ts";

type Deps = Pick<WorkerDeps, "db" | "vault"> & { files: Files };

/** Turns a picture of 证件管理 into its copies; what looks wrong with it is said when a filing uses it. */
export const prepareCertificate =
  (deps: Deps): Task<"prepare-certificate"> =>
  async ({ certificateId }, { progress }) => {
    const { files, ...store } = deps;
    const waiting = await maybeWaiting(store, files, certificateId);
    if (!waiting) return progress("nothing to prepare");
    const [front = waiting.original, back] = sidesOf(waiting.original);
    const picture = back ? await joinPictures(front, back) : front;
    const prepared = isPictureProblem(picture) ? picture : await preparePicture(picture);
    if (isPictureProblem(prepared)) {
      await failCopies(store, files, waiting);
      return progress(`no picture: ${prepared.code}`);
    }
    const isKept = await keepCopies(store, files, waiting, prepared);
    progress(isKept ? `${prepared.full.length} bytes` : "it was replaced meanwhile");
  };
