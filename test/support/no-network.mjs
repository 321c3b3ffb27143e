/** Loaded before a program: whatever wants to open a connection or fetch ends it, loudly for its exit code. */
import net from "node:net";

const refuse = () => process.exit(99);
net.Socket.prototype.connect = refuse;
globalThis.fetch = refuse;
