import { randomBytes } from "node:crypto";
import { z } from "zod";
import { parseRule } from "../src/alerts/parse-rule.ts";
import { ruleText } from "../src/alerts/rule-text.ts";
import type { RuleSpec } from "../src/alerts/rule.ts";
import { auditLines, verifyAudit } from "../src/authority/audit.ts";
import { authorise, commitPlan } from "../src/authority/change.ts";
import { aliasOf, forgetPerson, forgetTenant } from "../src/authority/forget.ts";
import { HELD_TABLES, heldAbout, heldCount, heldFor } from "../src/authority/held.ts";
import type { Held } from "../src/authority/held.ts";
import { choice, yesNo } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { Fault } from "../src/fault.ts";
import type { Block, Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { count, list, plural } from "../src/reply/words.ts";
import type { TableName } from "../src/stores/book.ts";

const LINES_SHOWN = 10;

export const privacy = defineCommand({
  name: "privacy",
  summary: "What is stored about you: see it, take it with you, delete it",
  args: z.object({
    action: choice("show, export as a file, or delete", ["show", "export", "delete"]),
    what: choice("About you, or (admins) everything stored for this workspace or server", [
      "me",
      "workspace",
    ]),
    confirm: yesNo("Really delete; without it I say what would go"),
  }),
  bare: ["action", "what"],
  // What is stored about somebody is theirs to see and delete, guest or not.
  forEveryone: true,
  examples: ["/privacy", "/privacy export", "/privacy delete"],
  run: async ({ action = "show", what = "me", confirm }, context) => {
    if (action === "delete") return deleted(what, confirm === true, context);
    const act = action === "export" ? "export-all" : "view-audit";
    await authorise(context, what === "me" ? "privacy-me" : act, `privacy ${what}`);
    return action === "export" ? exported(what, context) : shown(what, context);
  },
});

type What = "me" | "workspace";

const HELD_NAMES: Readonly<Record<TableName, string>> = {
  rules: "Alert rules",
  digests: "Digests",
  watches: "Watch sets",
  settings: "Settings",
  marks: "What alerts last told",
  slots: "Periods of digests dealt with",
  posts: "Messages posted or to be posted",
  audit: "Lines in the log of changes",
  buttons: "Commands behind buttons",
};

function heldOf(what: What, { book, caller }: Context): Held {
  return what === "me" ? heldAbout(book, caller.tenant, caller.id) : heldFor(book, caller.tenant);
}

function shown(what: What, context: Context): Reply {
  const held = heldOf(what, context);
  const total = heldCount(held);
  return reply(`${subject(what)}: ${total === 0 ? "nothing" : plural(total, "record")}.`, {
    blocks: [
      ...(total === 0 ? [] : [heldTable(held)]),
      ...(what === "workspace" ? logBlocks(context) : []),
    ],
    figures: { total, ...countsOf(held) },
    notes: [
      "Ids and what you set, never names and never the text of messages. Your last five questions are kept in memory only, until a restart.",
    ],
    actions: [
      { label: "Export", run: `/privacy export ${what}` },
      { label: "Delete…", run: `/privacy delete ${what}` },
    ],
  });
}

/** Who has the file is written down for a workspace; what people take of their own is nobody's business. */
function exported(what: What, context: Context): Promise<Reply> {
  const { caller, now } = context;
  const told = () => {
    const held = heldOf(what, context);
    const records = Object.fromEntries(
      HELD_TABLES.map((table) => [table, held[table].map(({ key, value }) => ({ key, ...value }))]),
    );
    const total = heldCount(held);
    return reply(`${subject(what)}: ${plural(total, "record")} in the file.`, {
      figures: { total, ...countsOf(held) },
      files: [
        {
          name: `market-pulse-${what}.json`,
          mediaType: "application/json",
          encoding: "utf8",
          content: `${JSON.stringify({ tenant: caller.tenant, exportedAt: new Date(now).toISOString(), ...records }, null, 2)}\n`,
        },
      ],
    });
  };
  if (what === "me") return Promise.resolve(told());
  const line = { act: "export-all", object: "privacy workspace", before: null, after: null };
  return commitPlan(context, () => ({ changes: [], line, reply: told }));
}

async function deleted(what: What, confirmed: boolean, context: Context): Promise<Reply> {
  const { book, caller, now } = context;
  await authorise(context, what === "me" ? "privacy-me" : "delete-all", `privacy ${what}`);
  const held = heldOf(what, context);
  const total = heldCount(held);
  if (total === 0)
    return reply(`${subject(what)}: nothing. It is already so.`, {
      figures: { total: 0, changed: false },
    });
  if (!confirmed) return asked(what, held);
  const who = {
    tenant: caller.tenant,
    person: caller.id,
    alias: aliasOf(caller.id, randomBytes(16)),
  };
  return commitPlan(context, () => ({
    changes:
      what === "me" ? forgetPerson(book, who, now, withoutOwner) : forgetTenant(book, who, now),
    reply: () =>
      reply(
        what === "me"
          ? "Deleted: your direct messages, your settings and what was posted to you. Your id is gone from everything else."
          : "Deleted: everything stored for everyone here.",
        { figures: { total: heldCount(heldOf(what, context)), changed: true } },
      ),
  }));
}

/** A rule's text once its owner cannot be told any more; null where it told nobody else. */
function withoutOwner(text: string): string | null {
  const rule = ruleIn(text);
  if (rule === undefined) return text;
  const { notify, escalate } = rule.options;
  const isOwner = (target: string) => /^@?me$/.test(target);
  const others = notify.filter((target) => !isOwner(target));
  if (others.length === 0 && notify.length > 0) return null;
  const kept = escalate === null || isOwner(escalate.to) ? null : escalate;
  if (others.length === notify.length && kept === escalate) return text;
  return ruleText({ ...rule, options: { ...rule.options, notify: others, escalate: kept } });
}

/** A text that is no rule any more says nothing about its owner. */
function ruleIn(text: string): RuleSpec | undefined {
  try {
    return parseRule(text);
  } catch (fault) {
    if (fault instanceof Fault) return undefined;
    throw fault;
  }
}

function asked(what: What, held: Held): Reply {
  const run = `/privacy delete ${what} confirm:yes`;
  return reply(`This deletes ${plural(heldCount(held), "record")} for good. Really?`, {
    blocks: [
      heldTable(held),
      {
        kind: "text",
        words:
          what === "me"
            ? "What channels use stays and loses your id; your direct messages and settings go."
            : "Every alert, digest, watch set and setting of everyone here goes, and the log of changes.",
      },
      { kind: "text", words: ["To do it: ", { code: run }] },
    ],
    figures: { total: heldCount(held), ...countsOf(held), changed: false },
    actions: [
      { label: "Delete for good", run, style: "danger" },
      { label: "Export first", run: `/privacy export ${what}` },
    ],
  });
}

function subject(what: What): string {
  return what === "me" ? "Stored about you here" : "Stored for everyone here";
}

function countsOf(held: Held): Readonly<Record<string, number>> {
  return Object.fromEntries(HELD_TABLES.map((table) => [table, held[table].length]));
}

function heldTable(held: Held): Block {
  return {
    kind: "table",
    caption: "Records by kind",
    columns: [
      { title: "What", align: "left" },
      { title: "Records", align: "right" },
      { title: "Which", align: "left" },
    ],
    rows: HELD_TABLES.filter((table) => held[table].length > 0).map((table) => [
      HELD_NAMES[table],
      { text: count(held[table].length), value: held[table].length },
      whichOf(held, table),
    ]),
    more: 0,
  };
}

/** Ids for what can be typed, nothing for what is only kept. */
function whichOf(held: Held, table: TableName): string {
  switch (table) {
    case "rules":
    case "digests":
      return list(held[table].map(({ value }) => value.id));
    case "watches":
      return list(held.watches.map(({ value }) => `@${value.name}`));
    case "settings":
      return list(held.settings.map(({ value }) => value.scope));
    default:
      return "–";
  }
}

/** The newest lines of the log, and whether it is whole. */
function logBlocks({ book, caller }: Context): Block[] {
  const lines = auditLines(book, caller.tenant);
  const newest = lines.slice(-LINES_SHOWN).toReversed();
  const verified = verifyAudit(lines);
  if (newest.length === 0) return [];
  return [
    {
      kind: "table",
      caption: "The newest changes, newest first",
      columns: ["When (UTC)", "Who", "What", "Of", "Outcome"].map((title) => ({
        title,
        align: "left",
      })),
      rows: newest.map(({ value }) => [
        new Date(value.at).toISOString().slice(0, 16).replace("T", " "),
        value.actor,
        value.act,
        value.object,
        value.outcome,
      ]),
      more: lines.length - newest.length,
    },
    {
      kind: "text",
      words: verified.intact
        ? `The log is whole: ${plural(verified.lines, "line")}, each with the hash of the one before.`
        : `The log was tampered with. ${verified.says}`,
    },
  ];
}
