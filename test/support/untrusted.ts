import { createServer } from "node:https";
import type { AddressInfo } from "node:net";

/** Of nobody: signed by itself for 127.0.0.1, made for these tests. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgHyDGHMA4G6szDi68
Ogw0YE+QGFgfoPtCpbYRWApTMcGhRANCAATtWMZFUiwH4vGogMd0xC2qts6B7+o3
qWoOdGC7Jx8XLUsARpOkf4GybJMnkj8AEsI+C7UwhkjrMS5hZy3kaLjb
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUfIule7AFbNN8v2t/yLplNI6yjFcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjEzMTYxNVoYDzIxMjYxMDI5
MTMxNjE1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATtWMZFUiwH4vGogMd0xC2qts6B7+o3qWoOdGC7Jx8XLUsARpOkf4Gy
bJMnkj8AEsI+C7UwhkjrMS5hZy3kaLjbo28wbTAdBgNVHQ4EFgQU57xDc28Qc7wS
KA4BhZpmJnnObyEwHwYDVR0jBBgwFoAU57xDc28Qc7wSKA4BhZpmJnnObyEwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDSQAwRgIhAIVZy4yGNOQIRnfDlFL4qIyZTwL+WVPn+Crxrcz98cxXAiEA
m2W4PN4MOJUxAlVvvVOCyrQ/VlksrN9RTb4A/M0dyTg=
-----END CERTIFICATE-----`;

/** A server whose certificate nobody vouches for; `asked` counts what it was sent all the same. */
export async function untrustedServer(): Promise<{ url: string; asked(): number; close(): Promise<void> }> {
  let asked = 0;
  const server = createServer({ key, cert }, (_request, response) => {
    asked++;
    response.end("{}");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
