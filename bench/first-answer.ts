import { writeSync } from "node:fs";
import { marketOf } from "../src/market/build.ts";
import { pulse } from "../src/market/pulse.ts";
import { openSnapshot } from "../src/stores/snapshot.ts";
import { companyAnswer } from "./contenders/ours.ts";

/* A process of its own: opens a snapshot and answers one question, `/pulse` or the company named. */
const [path = "", fingerprint = "", today = "", key = ""] = process.argv.slice(2);
const snapshot = openSnapshot(path, fingerprint);
if (snapshot === undefined) throw new Error(`no snapshot in ${path}`);
const market = marketOf(snapshot.table, snapshot.about, snapshot.pay, snapshot.facts, () => {
  throw new Error("a company key needs no book");
});
writeSync(1, JSON.stringify(key === "" ? pulse(market, today) : companyAnswer(market, key, today)));
