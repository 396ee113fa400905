import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";

export interface Connect {
  /** As asked: host:port. */
  readonly to: string;
  readonly headers: IncomingHttpHeaders;
}

/** A proxy that works: it connects, to wherever the test has the host, and hands bytes on unread. */
export interface ConnectProxy {
  /** With the name and password it asks for. */
  readonly url: string;
  /** In order, those it refused too. */
  readonly seen: readonly Connect[];
  /** Connections to it that are open. */
  readonly open: () => number;
  /** Where a host is; any port of this machine. */
  leads(host: string, port: number): void;
  /** Answers CONNECT for a host with this status, or never. */
  refuses(host: string, how: number | "silent"): void;
  close(): Promise<void>;
}

export async function connectProxy(credentials?: string): Promise<ConnectProxy> {
  const ports = new Map<string, number>();
  const refusals = new Map<string, number | "silent">();
  const seen: Connect[] = [];
  const sockets = new Set<Socket>();
  const expected =
    credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString("base64")}`;
  const server = createServer();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", ({ url: to = "", headers }, socket: Socket) => {
    seen.push({ to, headers });
    const host = to.replace(/:\d+$/, "");
    const how =
      expected !== undefined && headers["proxy-authorization"] !== expected
        ? 407
        : (refusals.get(host) ?? (ports.has(host) ? 200 : 502));
    if (how === "silent") {
      socket.resume().on("end", () => socket.end());
      return;
    }
    if (how !== 200) {
      socket.end(`HTTP/1.1 ${how} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(ports.get(host)!, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    sockets.add(onward);
    onward.on("error", () => socket.destroy());
    onward.on("close", () => {
      sockets.delete(onward);
      socket.destroy();
    });
    socket.on("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("no port");
  const [name, password] = credentials?.split(":").map(encodeURIComponent) ?? [];
  return {
    url: `http://${credentials === undefined ? "" : `${name}:${password}@`}127.0.0.1:${place.port}`,
    seen,
    open: () => sockets.size,
    leads: (host, port) => void ports.set(host, port),
    refuses: (host, how) => void refusals.set(host, how),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
