import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";
import type { Config } from "./config.ts";

/**
 * From now on every `fetch` of this process, and the requests of Discord's library, go through the proxy; gives what sockets
 * are opened with. http addresses are asked straight: there are none but those of tests.
 */
export function proxied({ url, except }: NonNullable<Config["proxy"]>): EnvHttpProxyAgent {
  const dispatcher = new EnvHttpProxyAgent({
    httpsProxy: url,
    // Empty, since left out it is taken from the environment.
    httpProxy: "",
    noProxy: except.join(","),
    // A WebSocket needs a connection of its own.
    requestTls: { allowH2: false },
  });
  setGlobalDispatcher(dispatcher);
  return dispatcher;
}
