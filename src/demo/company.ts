import type { PreparedPicture } from "../documents/picture.ts";
import type { Registrant, Staff } from "../models/actor.ts";
import type { Files } from "../models/material/files.ts";
import type { RootStore } from "../models/store.ts";

/** Who does what in the demo. */
export type Company = {
  store: RootStore;
  files: Files;
  /** Of the provider. */
  name: string;
  registrant: Registrant;
  reviewer: Staff;
  verifier: Staff;
  submitter: Staff;
  supervisor: Staff;
  /** An address of the provider for the nth filing; a second access has one of its own. */
  ipOf(n: number, access?: number): string;
  /** Pictures that were drawn already, by slot: drawing and preparing them is most of what making the demo costs. */
  album: Map<string, Picture>;
};

export type Picture = { bytes: Buffer; prepared?: PreparedPicture };
