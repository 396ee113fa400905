import type { IncomingMessage } from "node:http";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as tlsConnect } from "node:tls";
import { Fault } from "../fault.ts";
import { bareHost } from "./checked-url.ts";
import { answered } from "./dial.ts";
import type { Dial } from "./dial.ts";

/** The proxy could not be reached, or could not reach on; the code says which, and another try may not meet it. */
class ProxyError extends Error {
  readonly code: string;
  constructor(why: string) {
    super(why);
    this.code = why;
  }
}

/** The proxy's own name could not be looked up; `why` is the code of it. */
export class ProxyNameError extends Error {
  readonly why: string;
  constructor(why: string) {
    super(why);
    this.why = why;
  }
}

/**
 * Requests through a proxy that connects to port 443 of the host for us; TLS ends at the host, so the proxy sees its name and
 * nothing that is sent. What the proxy's address holds of a name and password goes to the proxy alone. Made of Node's own
 * requests, since its `proxyEnv` and undici's ProxyAgent go on waiting for a silent proxy after the signal.
 */
export function tunnelDial(proxy: string): Dial {
  const through = new URL(proxy);
  return async ({ url, method, headers, body, signal }) => {
    const host = bareHost(url);
    const socket = await tunnel(through, url, signal);
    return answered(
      httpsRequest(url, {
        method,
        headers,
        signal,
        // Without an agent Node takes 80 for the usual port, and would name it to the host.
        defaultPort: 443,
        createConnection: () => tlsConnect({ socket, servername: isIP(host) === 0 ? host : "" }),
      }),
      body,
    );
  };
}

function tunnel(proxy: URL, { hostname, host }: URL, signal: AbortSignal): Promise<Socket> {
  const isSafe = proxy.protocol === "https:";
  const name = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const to = `${hostname}:443`;
  return new Promise((resolve, reject) => {
    const request = (isSafe ? httpsRequest : httpRequest)({
      host: bareHost(proxy),
      port: proxy.port === "" ? (isSafe ? 443 : 80) : Number(proxy.port),
      method: "CONNECT",
      path: to,
      headers: {
        host: to,
        ...(name !== ":" && {
          "proxy-authorization": `Basic ${Buffer.from(name).toString("base64")}`,
        }),
      },
      signal,
      agent: false,
    });
    request.once("connect", ({ statusCode = 0 }: IncomingMessage, socket: Socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refusal(statusCode, host));
    });
    request.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.syscall === "getaddrinfo"
          ? new ProxyNameError(error.code ?? "")
          : new ProxyError(`the proxy: ${error.code ?? "connection broke"}`),
      ),
    );
    request.end();
  });
}

function refusal(status: number, host: string): Error {
  if (status === 407)
    return new Fault(
      "not_allowed",
      "The proxy wants a name and password, or others (407).",
      "HTTPS_PROXY may hold them: http://name:password@proxy.example:3128",
    );
  if (status >= 400 && status < 500 && status !== 408 && status !== 429)
    return new Fault(
      "not_allowed",
      `The proxy does not let us reach ${host} (${status}).`,
      "Ask whoever runs the proxy to allow it, or name the host in NO_PROXY.",
    );
  return new ProxyError(`the proxy answered ${status}`);
}
