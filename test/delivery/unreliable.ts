import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { MovedTime } from "./moved-time.ts";

/**
 * What the network or the platform does to a request:
 * - `lose`: it is done, the answer is lost
 * - `cut`: the connection is cut, nothing is done
 * - `late`: the connection is cut, and it is done some time after all
 * - `broken`: 502, nothing is done
 * - `broken-done`: 502, and it is done
 */
export type Fault = "lose" | "cut" | "broken" | "broken-done" | { readonly late: number };

export interface Passing {
  readonly method: string;
  readonly path: string;
}

export type Unreliable = Awaited<ReturnType<typeof openUnreliable>>;

/** A network between a client and its platform that does to each request what `fault` says. */
export async function openUnreliable(
  target: string,
  time: MovedTime,
  fault: (passing: Passing) => Fault | undefined,
) {
  let port = 0;
  let faults = fault;

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const method = incoming.method ?? "GET";
    const path = incoming.url ?? "/";
    const forward = () => passed(target, method, path, incoming, Buffer.concat(chunks));
    const happens = faults({ method, path: path.split("?")[0]! });
    if (happens === undefined) return answered(outgoing, await forward());
    if (typeof happens === "object") time.after(happens.late, () => time.busy(forward()));
    if (happens === "lose" || happens === "broken-done") await forward();
    if (happens === "broken" || happens === "broken-done") {
      outgoing.writeHead(502, { "content-type": "text/html" });
      outgoing.end("<html>Bad gateway</html>");
      return;
    }
    incoming.socket.destroy();
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  const listen = async (): Promise<void> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address !== null && typeof address === "object") port = address.port;
  };
  const hangUp = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  await listen();
  return {
    origin: `http://127.0.0.1:${port}`,
    become(next: (passing: Passing) => Fault | undefined): void {
      faults = next;
    },
    /** Nobody takes a connection any more. */
    down: hangUp,
    up: listen,
    close: async () => {
      await time.quiet();
      if (server.listening) await hangUp();
    },
  };
}

interface Passed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

async function passed(
  target: string,
  method: string,
  path: string,
  { headers }: IncomingMessage,
  bytes: Buffer,
): Promise<Passed> {
  const kept = ["authorization", "content-type", "user-agent"].flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  const response = await fetch(`${target}${path}`, {
    method,
    headers: Object.fromEntries(kept),
    ...(bytes.length > 0 && { body: new Uint8Array(bytes) }),
  });
  const given = [...response.headers].filter(([name]) =>
    /^(content-type|retry-after|x-)/.test(name),
  );
  return {
    status: response.status,
    headers: Object.fromEntries(given),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

function answered(outgoing: ServerResponse, { status, headers, bytes }: Passed): void {
  outgoing.writeHead(status, headers);
  outgoing.end(bytes);
}
