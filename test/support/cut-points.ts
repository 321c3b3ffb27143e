import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * The points at which a process can be stopped: each statement it sends to the database, each call it makes to the
 * bureau and each answer to one, counted in the order in which they pass.
 */
export class CutPoints {
  #passed = 0;
  #stopAt = Number.POSITIVE_INFINITY;
  #stop: () => Promise<void> = async () => undefined;

  /** Counts anew; what arrives at the point `stopAt` is never let through, and `stop` is called. */
  watch(stopAt: number, stop: () => Promise<void>): void {
    this.#passed = 0;
    this.#stopAt = stopAt;
    this.#stop = stop;
  }

  get passed(): number {
    return this.#passed;
  }

  /** True when this is not to be let through, nor anything after it. */
  isCut(): boolean {
    this.#passed++;
    if (this.#passed === this.#stopAt) void this.#stop();
    return this.#passed >= this.#stopAt;
  }
}

type Proxy = { port: number; close(): Promise<void> };

type Direction = { isPoint(chunk: Buffer): boolean };

/** Forwards connections to a port; a chunk that is a point may end it. */
async function startProxy(
  port: number,
  points: CutPoints,
  directions: () => { up: Direction; down: Direction },
): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const { up, down } = directions();
    const target = connect(port, "127.0.0.1");
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
    pass(client, target, up, points);
    pass(target, client, down, points);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function pass(from: Socket, to: Socket, { isPoint }: Direction, points: CutPoints): void {
  from.on("data", (chunk: Buffer) => {
    if (isPoint(chunk) && points.isCut()) from.pause();
    else to.write(chunk);
  });
  from.on("end", () => to.end());
}

const neverPoint: Direction = { isPoint: () => false };

/** Query (Q) and Execute (E) of PostgreSQL's protocol, version 3: what makes the server do something. */
const DOES = new Set(["Q".charCodeAt(0), "E".charCodeAt(0)]);

/** Whether one of the messages that begin in this chunk makes the server do something; chunks are small here. */
function holdsStatement(): Direction {
  let rest = Buffer.alloc(0);
  let begun = false;
  return {
    isPoint: (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      let found = false;
      while (rest.length >= 8) {
        // The first message of a connection has no type.
        const length = begun ? rest.readUInt32BE(1) + 1 : rest.readUInt32BE(0);
        if (rest.length < length) break;
        found ||= begun && DOES.has(rest[0] ?? 0);
        begun = true;
        rest = rest.subarray(length);
      }
      return found;
    },
  };
}

/** A database behind a proxy; every statement is a point. */
export async function databaseBehind(
  url: string,
  points: CutPoints,
): Promise<{ url: string; close(): Promise<void> }> {
  const address = new URL(url);
  const proxy = await startProxy(Number(address.port), points, () => ({
    up: holdsStatement(),
    down: neverPoint,
  }));
  address.host = `127.0.0.1:${proxy.port}`;
  return { url: address.href, close: proxy.close };
}

/** The first chunk of a direction: a call, or its answer. */
function firstChunk(): Direction {
  let seen = false;
  return {
    isPoint: () => {
      const isFirst = !seen;
      seen = true;
      return isFirst;
    },
  };
}

/** A bureau behind a proxy; every call is a point, and every answer. */
export async function bureauBehind(
  url: string,
  points: CutPoints,
): Promise<{ url: string; close(): Promise<void> }> {
  const address = new URL(url);
  const proxy = await startProxy(Number(address.port), points, () => ({
    up: firstChunk(),
    down: firstChunk(),
  }));
  address.host = `127.0.0.1:${proxy.port}`;
  return { url: address.origin, close: proxy.close };
}
