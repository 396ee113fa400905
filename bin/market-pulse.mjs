#!/usr/bin/env node
// Plain JavaScript on purpose: it must start on any Node to say which Node is needed.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `market-pulse runs its TypeScript on Node 22.18 or newer; this is Node ${process.versions.node}. ` +
      "`npm ci` brings a fitting Node along on Linux, macOS and Windows (x64): run it again without --omit=optional, " +
      "or install Node 24.",
  );
  process.exit(78);
}
// Compiled code is kept beside the packages, so that the second start is quick.
const { enableCompileCache } = await import("node:module");
enableCompileCache(new URL("../node_modules/.cache/market-pulse", import.meta.url).pathname);
const { run } = await import("../src/cli.ts");
await run(process.argv.slice(2));
