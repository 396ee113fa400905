import { z } from "zod";
import { namesOf, typedNames, watchCard, watchList } from "../src/answers/watch-card.ts";
import { authorise, commitPlan } from "../src/authority/change.ts";
import { noWatch } from "../src/authority/not-found.ts";
import { requireRoom } from "../src/authority/quota.ts";
import {
  companiesOf,
  renamedUses,
  usesOf,
  watchName,
  watchSet,
  watchSets,
} from "../src/authority/watch-set.ts";
import { again } from "../src/command/again.ts";
import { words } from "../src/command/args.ts";
import { companyNamed } from "../src/command/company.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { Fault, cite } from "../src/fault.ts";
import type { Company } from "../src/market/company.ts";
import { nearest } from "../src/market/nearest.ts";
import type { Action, Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { list, plural } from "../src/reply/words.ts";
import type { Stored } from "../src/stores/book.ts";
import { keyOf } from "../src/stores/book.ts";
import type { Watch } from "../src/stores/records.ts";

const DEEDS = ["list", "show", "add", "remove", "rename"] as const;
type Deed = (typeof DEEDS)[number];
/** An undo longer than this is left out: nobody could type it either. */
const UNDO_CHARS_MAX = 1_500;

export const watch = defineCommand({
  name: "watch",
  summary: "Named sets of companies, used in alerts and digests as @name",
  args: z.object({
    what: words("What to do; the sets when left out", { choices: DEEDS, example: "add" }),
    name: words("The set's name: up to 30 of a–z, 0–9 and -", { example: "bigtech" }),
    companies: words(
      "Companies as a,b,c; for rename the new name",
      { complete: "company", example: "google,meta" },
      1_800,
    ),
  }),
  bare: ["what", "name", "companies"],
  examples: ["/watch list", "/watch add bigtech google,meta,amazon", "/watch remove bigtech meta"],
  run: async ({ what, name, companies }, context) => {
    const deed = deedOf(what, name, context);
    if (deed.kind === "list") return listed(context);
    if (deed.name === undefined)
      throw new Fault("missing_argument", `/watch ${deed.kind} needs the set's name.`, "", [
        "/watch add bigtech google,meta,amazon",
        "/watch list",
      ]);
    const known = watchName(deed.name);
    if (deed.kind === "show") return shownSet(existing(known, context).value, context);
    await authorise(context, "edit-watch", `@${known}`);
    switch (deed.kind) {
      case "add":
        return added(known, namedIn(companies ?? "", context), context);
      case "remove":
        return companies === undefined
          ? deleted(known, context)
          : removed(known, namedIn(companies, context), context);
      case "rename":
        return renamed(known, companies, context);
    }
  },
});

/** The deed and the set it is about; `/watch bigtech` shows that set. */
function deedOf(
  what: string | undefined,
  name: string | undefined,
  { book, caller }: Context,
): { readonly kind: Deed; readonly name: string | undefined } {
  if (what === undefined) return { kind: name === undefined ? "list" : "show", name };
  const kind = DEEDS.find((deed) => deed === what.toLowerCase());
  if (kind !== undefined) return { kind: kind === "show" && !name ? "list" : kind, name };
  const sets = watchSets(book, caller.tenant).map(({ value }) => value.name);
  const asked = what.replace(/^@/, "").toLowerCase();
  if (name === undefined && sets.includes(asked)) return { kind: "show", name: asked };
  const close = [
    ...nearest(asked, DEEDS).map((deed) => `/watch ${deed}`),
    ...nearest(asked, sets).map((set) => `/watch show ${set}`),
  ];
  throw new Fault(
    "bad_argument",
    `/watch does not know ${cite(what)}.`,
    `It takes ${list([...DEEDS])}, or the name of a set.`,
    [...close.slice(0, 3), "/watch list"],
  );
}

function added(name: string, companies: readonly Company[], context: Context): Promise<Reply> {
  const { book, caller, now } = context;
  return commitPlan(context, () => {
    const before = watchSet(book, caller.tenant, name);
    const held = before?.value.companies ?? [];
    const fresh = companies.map(({ key }) => key).filter((key) => !held.includes(key));
    if (companies.length === 0)
      throw new Fault("missing_argument", "Which companies?", "They go after the name as a,b,c.", [
        `/watch add ${name} google,meta`,
      ]);
    if (before !== undefined && fresh.length === 0)
      return unchanged(`@${name} already holds ${namesOf(companies)}.`, before, context);
    if (before === undefined) requireRoom(book, caller.tenant, { kind: "watch" });
    requireRoom(book, caller.tenant, { kind: "companies", count: held.length + fresh.length });
    const value: Watch = {
      name,
      tenant: caller.tenant,
      companies: [...held, ...fresh],
      owner: before?.value.owner ?? caller.id,
      changedAt: now,
    };
    const undo =
      before === undefined
        ? `/watch remove ${name}`
        : `/watch remove ${name} ${typedNames(companiesOf({ ...value, companies: fresh }, context.market))}`;
    return {
      changes: [put(value, before)],
      line: lineOf("watch-add", name, before?.value.companies, value.companies),
      reply: () => changedCard(value, undo, context),
    };
  });
}

function removed(name: string, companies: readonly Company[], context: Context): Promise<Reply> {
  return commitPlan(context, () => {
    const before = existing(name, context);
    const leaving = companies.filter(({ key }) => before.value.companies.includes(key));
    const stay = before.value.companies.filter((key) => !leaving.some((one) => one.key === key));
    if (leaving.length === 0)
      return unchanged(`@${name} does not hold ${namesOf(companies)}.`, before, context);
    if (stay.length === 0) return deletion(before, context);
    const value = { ...before.value, companies: stay, changedAt: context.now };
    return {
      changes: [put(value, before)],
      line: lineOf("watch-remove", name, before.value.companies, stay),
      reply: () => changedCard(value, `/watch add ${name} ${typedNames(leaving)}`, context),
    };
  });
}

function deleted(name: string, context: Context): Promise<Reply> {
  return commitPlan(context, () => deletion(existing(name, context), context));
}

/** A set that rules speak of stays: without it they would mean something else. */
function deletion(before: Stored<Watch>, context: Context) {
  const { name, companies } = before.value;
  const uses = usesOf(context.book, context.caller.tenant, name);
  if (uses > 0)
    throw new Fault(
      "conflict",
      `${plural(uses, "alert or digest uses", "alerts and digests use")} @${name}. Nothing was changed.`,
      "Change those first, or give the set another name.",
      [`/watch show ${name}`],
    );
  const undo = `/watch add ${name} ${typedNames(companiesOf(before.value, context.market))}`;
  return {
    changes: [
      {
        table: "watches" as const,
        key: before.key,
        value: null,
        expect: { version: before.version },
      },
    ],
    line: lineOf("watch-delete", name, companies, undefined),
    reply: () =>
      reply(`@${name} is deleted; it held ${plural(companies.length, "company", "companies")}.`, {
        figures: { set: name, changed: true, companies: 0 },
        actions: [...undoAction(undo), { label: "All sets", run: "/watch list" }],
      }),
  };
}

function renamed(name: string, typedName: string | undefined, context: Context): Promise<Reply> {
  const { book, caller, now } = context;
  if (typedName === undefined)
    throw new Fault("missing_argument", "What is the new name?", "", [
      `/watch rename ${name} ${name}-2`,
    ]);
  const to = watchName(typedName);
  return commitPlan(context, () => {
    const before = watchSet(book, caller.tenant, name);
    const there = watchSet(book, caller.tenant, to);
    if (there !== undefined && (before === undefined || to === name))
      return unchanged(`The set is already called @${to}.`, there, context);
    if (before === undefined) throw noWatch(name);
    if (there !== undefined)
      throw new Fault("conflict", `There is a set @${to} already.`, "Take another name.", [
        `/watch show ${to}`,
      ]);
    const value = { ...before.value, name: to, changedAt: now };
    return {
      changes: [
        { table: "watches", key: before.key, value: null, expect: { version: before.version } },
        put(value, undefined),
        ...renamedUses(book, caller.tenant, name, to),
      ],
      line: { act: "watch-rename", object: `@${name}`, before: name, after: to },
      reply: () => changedCard(value, `/watch rename ${to} ${name}`, context),
    };
  });
}

function existing(name: string, { book, caller }: Context): Stored<Watch> {
  const found = watchSet(book, caller.tenant, name);
  if (found === undefined) throw noWatch(name);
  return found;
}

/** Names between commas; without any comma one name of several words, or else every word a name. */
function namedIn(text: string, context: Context): readonly Company[] {
  const { market } = context;
  const parts = text.split(",").map((part) => part.trim());
  const several = (parts[0] ?? "").split(" ");
  const isList =
    parts.length === 1 &&
    market.companies.resolve(parts[0]!).kind !== "one" &&
    several.every((word) => market.companies.resolve(word).kind === "one");
  const wanted = (isList ? several : parts).filter((part) => part !== "");
  const companies = wanted.map((name) =>
    companyNamed(name, market, (better) =>
      again(context, {
        companies: wanted.map((other) => (other === name ? better : other)).join(","),
      }),
    ),
  );
  return [...new Map(companies.map((company) => [company.key, company])).values()];
}

function changedCard(value: Watch, undo: string, context: Context): Reply {
  const shown = shownSet(value, context);
  return {
    ...shown,
    title: `Saved. ${shown.title}`,
    figures: { ...shown.figures, changed: true },
    actions: [...undoAction(undo), ...shown.actions],
  };
}

/** A second submission of the same: said as such, with what is there. */
function unchanged(says: string, set: Stored<Watch>, context: Context): Reply {
  const shown = shownSet(set.value, context);
  return {
    ...shown,
    title: `${says} Nothing to change.`,
    figures: { ...shown.figures, changed: false },
  };
}

function listed({ book, caller, market }: Context): Reply {
  const sets = watchSets(book, caller.tenant).map(({ value }) => value);
  return watchList(
    sets.map((set) => ({ name: set.name, companies: companiesOf(set, market) })),
    market,
  );
}

/** A set as it is kept, as a card. */
function shownSet(set: Watch, { market }: Context): Reply {
  return watchCard({ name: set.name, companies: companiesOf(set, market) }, market);
}

function put(value: Watch, before: Stored<Watch> | undefined) {
  return {
    table: "watches" as const,
    key: keyOf(value.tenant, value.name),
    value,
    expect: before === undefined ? ("absent" as const) : { version: before.version },
  };
}

function lineOf(
  act: string,
  name: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
) {
  const said = (keys: readonly string[] | undefined) => keys?.join(",") ?? null;
  return { act, object: `@${name}`, before: said(before), after: said(after) };
}

function undoAction(run: string): readonly Action[] {
  return run.length > UNDO_CHARS_MAX ? [] : [{ label: "Undo", run }];
}
