import { constantFrom, nat, record, sample } from "fast-check";
import { expect, it } from "vitest";
import { auditLines, verifyAudit } from "../../src/authority/audit.ts";
import type { Caller, Place } from "../../src/command/bot.ts";
import type { Change } from "../../src/stores/book.ts";
import { TODAY, testBot } from "../bot.ts";
import { digestOf, postOf, ruleOf } from "./records.ts";

/** One key begins like another, one is another platform's; everything a tenant keeps has its mark. */
const TENANTS = [
  { key: "slack:T1", mark: "mka1" },
  { key: "slack:T12", mark: "mkb2" },
  { key: "discord:1", mark: "mkc3" },
] as const;
type Tenant = (typeof TENANTS)[number];
const OPERATIONS = 3_000;

/** What people type; `%` is their tenant's mark, `#` a small number. */
const TEXTS = [
  "/watch add %-# google,meta",
  "/watch add %-# amazon",
  "/watch remove %-# google",
  "/watch remove %-#",
  "/watch rename %-# %-9#",
  "/watch show %-#",
  "/watch list",
  "/settings",
  "/settings zone:Europe/Berlin",
  "/settings quiet:2#-7",
  "/settings me zone:default",
  "/settings channel density:brief",
  "/settings channel density:default",
  "/settings workspace managers:R%,U%1",
  "/settings workspace managers:default",
  "/settings channel managers:anyone",
  "/privacy",
  "/privacy export",
  "/privacy show workspace",
  "/privacy export what:workspace",
  "/privacy delete",
  "/privacy delete confirm:yes",
  "/privacy delete workspace",
  "/layoffs google",
  "/layoffs %",
  "/pulse",
  "/top cuts",
  "/salary ai-engineer",
  "/sources",
  "/help settings",
] as const;
/** What people type to reach what is not theirs; `%` is another tenant's mark. */
const FORGED = [
  "/watch show %-1",
  "/watch %-1",
  "/watch remove %-1",
  "/watch remove %-1 google",
  "/watch rename %-1 mine-1",
  "/layoffs %",
  "/help %",
] as const;

const operations = sample(
  record({
    tenant: constantFrom(...TENANTS),
    victim: constantFrom(...TENANTS),
    person: nat(3),
    place: constantFrom<Place["kind"]>("channel", "dm"),
    rank: constantFrom("admin", "manager", "member", "outsider"),
    text: constantFrom(...TEXTS, ...TEXTS, ...FORGED),
    number: nat(3),
  }),
  { seed: 15, numRuns: OPERATIONS },
);

function kept({ key, mark }: Tenant): Change[] {
  const target = { platform: "slack", tenant: key, kind: "channel", id: `C${mark}` } as const;
  return [
    {
      table: "rules",
      key: `${key}|r${mark}`,
      value: ruleOf({ id: `r${mark}`, tenant: key, owner: `U${mark}1`, home: target }),
    },
    {
      table: "digests",
      key: `${key}|d${mark}`,
      value: digestOf({ id: `d${mark}`, tenant: key, owner: `U${mark}2`, target }),
    },
    {
      table: "posts",
      key: `${key}|p${mark}`,
      value: postOf({
        postKey: `p${mark}`,
        tenant: key,
        target: { ...target, kind: "dm", id: `U${mark}1` },
      }),
    },
  ];
}

it("no reply ever has anything of another tenant, whatever is typed by whom and where", async () => {
  let now = TODAY;
  const bot = await testBot({ clock: () => (now += 5_000) });
  await bot.book.commit(TENANTS.flatMap(kept));
  const leaks: string[] = [];
  const answered = new Map<string, number>();
  let forged = 0;
  for (const { tenant, victim, person, place, rank, text, number } of operations) {
    const isForged = FORGED.some((known) => known === text);
    const { mark } = tenant;
    const caller: Caller = {
      id: `U${mark}${person}`,
      tenant: tenant.key,
      standing: {
        admin: rank === "admin" || isForged,
        manager: rank === "manager",
        outsider: rank === "outsider" && !isForged,
        roles: person === 2 ? [`R${mark}`] : [],
      },
    };
    const ask = async (mark: string) => {
      const reply = await bot.answer({
        text: text.replaceAll("%", mark).replaceAll("#", String(number)),
        caller,
        place: { kind: place, id: place === "dm" ? `D${tenant.mark}` : `C${tenant.mark}` },
        via: "pressed",
      });
      answered.set(reply.reason ?? "ok", (answered.get(reply.reason ?? "ok") ?? 0) + 1);
      return JSON.stringify(reply);
    };
    if (!isForged) {
      const said = await ask(mark);
      for (const other of TENANTS)
        if (other !== tenant && said.includes(other.mark)) leaks.push(`${tenant.key}: ${text}`);
    } else if (victim !== tenant) {
      forged += 1;
      const [taken, unknown] = [await ask(victim.mark), await ask("mkz0")];
      if (taken.replaceAll(victim.mark, "?") !== unknown.replaceAll("mkz0", "?"))
        leaks.push(`${tenant.key} told ${victim.key} apart: ${text}`);
    }
  }
  const logs = TENANTS.map(({ key }) => auditLines(bot.book, key));
  console.info(
    `tenants: ${operations.length} operations (${forged} forged), ${leaks.length} foreign marks; ` +
      `${logs.map(({ length }) => length).join(" + ")} log lines; ${JSON.stringify(Object.fromEntries(answered))}`,
  );
  expect(leaks).toEqual([]);
  expect(bot.broken).toEqual([]);
  for (const [index, { key, mark }] of TENANTS.entries()) {
    expect(verifyAudit(logs[index]!).intact).toBe(true);
    const own = JSON.stringify(
      (["rules", "digests", "watches", "settings", "posts", "audit"] as const).flatMap((table) =>
        bot.book.list<typeof table>(table, `${key}|`),
      ),
    );
    for (const other of TENANTS) if (other.mark !== mark) expect(own).not.toContain(other.mark);
  }
  expect(answered.get("ok")).toBeGreaterThan(OPERATIONS / 2);
  expect(Math.min(...logs.map(({ length }) => length))).toBeGreaterThan(20);
}, 30_000);
