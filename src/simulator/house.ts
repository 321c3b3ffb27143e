import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Office } from "./office.ts";
import { begin } from "./opening.ts";
import type { SimulatorOptions } from "./options.ts";
import { serverFor } from "./server.ts";

/** How long an order of the desk is put off, so that its answer still leaves. */
const GRACE_MS = 50;

/** The house around the office: it listens, and can be shut and opened again on the same port and the same state. */
export class House {
  office: Office;
  readonly #options: SimulatorOptions;
  #server: Server | undefined;
  #port: number;
  #opening: NodeJS.Timeout | undefined;

  constructor(options: SimulatorOptions) {
    this.#options = options;
    this.#port = options.port;
    this.office = this.#newOffice();
  }

  /** Base address; known once it was open. */
  get url(): string {
    const { host } = this.#options;
    return `http://${host.includes(":") ? `[${host}]` : host}:${this.#port}`;
  }

  /** Listens; the promise is kept when calls can come. */
  async open(): Promise<void> {
    const server = serverFor(() => this.office);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, this.#options.host, resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Nobody listens any more; open connections are dropped. */
  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  /** Shut for some seconds: a connection is refused, the desk is not there either. */
  async down(seconds: number): Promise<void> {
    await this.shut();
    clearTimeout(this.#opening);
    this.#opening = setTimeout(() => void this.open(), seconds * 1000);
  }

  /** As if the process had been started again: what is not in the journal is forgotten. */
  async restart(): Promise<void> {
    await this.shut();
    clearTimeout(this.#opening);
    this.office.stop();
    this.office = this.#newOffice();
    await this.open();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#opening);
    this.office.stop();
    await this.shut();
  }

  #newOffice(): Office {
    const office = new Office(this.#options);
    office.keeper = {
      down: (seconds) => void wait(GRACE_MS).then(() => this.down(seconds)),
      restart: () => void wait(GRACE_MS).then(() => this.restart()),
    };
    begin(office);
    return office;
  }
}
