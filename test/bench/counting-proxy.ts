import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** A stretch of wire between browser and server that counts what goes over it, heads and bodies, in bytes. */
export type CountingProxy = {
  port: number;
  sent(): number;
  received(): number;
  close(): Promise<void>;
};

/** Listens on a free port of this machine and passes everything on to the given one. */
export async function countingProxy(target: () => number): Promise<CountingProxy> {
  const count = { sent: 0, received: 0 };
  const open = new Set<Socket>();
  const server = createServer((browser) => {
    const upstream = connect(target(), "127.0.0.1");
    for (const socket of [browser, upstream]) {
      open.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => open.delete(socket));
    }
    browser.on("data", (bytes) => {
      count.sent += bytes.length;
    });
    upstream.on("data", (bytes) => {
      count.received += bytes.length;
    });
    browser.pipe(upstream).pipe(browser);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sent: () => count.sent,
    received: () => count.received,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
