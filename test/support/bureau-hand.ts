import { openVault } from "../../src/crypto/vault.ts";
import { connect } from "../../src/db/client.ts";
import { createBureauGateway } from "../../src/gateways/bureau/index.ts";
import { openFileStore } from "../../src/gateways/files/index.ts";
import { createLog } from "../../src/log.ts";
import { downloadFromBureau } from "../../worker/bureau/download.ts";
import { submitToBureau } from "../../worker/bureau/submit.ts";

/** A process that talks to a bureau once, when it is told to, as the worker's job does; made to be killed. */
export type Order = { job: "submit" | "download"; bureauId: number };

const { DATABASE_URL = "", SECRET_KEYS = "", FILES = "" } = process.env;
const watch = { progress: () => undefined, signal: undefined };

process.once("message", async ({ job, bureauId }: Order) => {
  const db = connect(DATABASE_URL, { max: 4, name: "bureau hand" });
  const parts = {
    ...{ db, vault: openVault(SECRET_KEYS), bureau: createBureauGateway(), lastHeard: new Map() },
    ...{ files: openFileStore(`file:${FILES}`, FILES), log: createLog({ level: "silent", name: "hand" }) },
  };
  if (job === "submit") await submitToBureau(parts, bureauId, watch);
  else await downloadFromBureau(parts, bureauId, watch, { waitMs: 20_000 });
  process.send?.("done");
});
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
