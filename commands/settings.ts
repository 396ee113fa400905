import { z } from "zod";
import { authorise, commitPlan } from "../src/authority/change.ts";
import { channelOf, effectiveSettings, settingsKey } from "../src/authority/settings.ts";
import type { Effective, Scope } from "../src/authority/settings.ts";
import {
  managersWords,
  parseManagers,
  parseQuiet,
  quietWords,
} from "../src/authority/settings-words.ts";
import { choice, words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { Fault } from "../src/fault.ts";
import type { Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { parseZone } from "../src/schedule/zone.ts";
import type { Settings } from "../src/stores/records.ts";

const SCOPES = ["me", "channel", "workspace"] as const;
const DENSITIES = ["brief", "standard", "deep", "leadership", "default"] as const;
/** Takes a value away, so that the wider scope's holds. */
const DEFAULT = "default";

type Values = Pick<Settings, "zone" | "density" | "quiet" | "managers">;
/** A value to keep, or null to take it away. */
type Wanted = { readonly [Name in keyof Values]?: NonNullable<Values[Name]> | null };

export const settings = defineCommand({
  name: "settings",
  summary: "Time zone, density and quiet hours; for you, a channel or everyone",
  args: z.object({
    scope: choice("Whose settings (yours unless told)", SCOPES),
    zone: words("Time zone, or default", { example: "Europe/Berlin" }),
    density: choice("How much a digest says", DENSITIES),
    quiet: words("Quiet hours and what happens in them (hold, drop, silent); off, or default", {
      example: "22:00-07:00",
    }),
    managers: words(
      "Who may manage alerts, digests and watch sets: anyone, admins, managers, or roles a,b; or default",
      { example: "anyone" },
      400,
    ),
  }),
  bare: ["scope"],
  without: {
    locale: {
      says: "Numbers and dates are written one way for everybody: 1,234 and 17 Mar 2024.",
      why: "Answers are quoted where others read them, and 1.234 or 3/4/24 would say two things.",
    },
    defaults: {
      says: "A channel keeps no filter for its questions.",
      why: "The same question has the same answer everywhere. A digest and an alert keep a filter of their own; /watch keeps a set of companies.",
    },
  },
  examples: [
    "/settings",
    "/settings me zone:Europe/Berlin",
    "/settings channel density:brief",
    '/settings me quiet:"22:00-07:00 hold"',
  ],
  run: async (args, context) => {
    const wanted: Wanted = {
      ...(args.zone !== undefined && { zone: valueOf(args.zone, parseZone) }),
      ...(args.density !== undefined && {
        density: args.density === DEFAULT ? null : args.density,
      }),
      ...(args.quiet !== undefined && { quiet: valueOf(args.quiet, parseQuiet) }),
      ...(args.managers !== undefined && { managers: valueOf(args.managers, parseManagers) }),
    };
    const scope = args.scope ?? (args.managers === undefined ? "me" : "workspace");
    if (Object.keys(wanted).length === 0) return shown(context);
    if (scope === "me" && wanted.managers !== undefined)
      throw new Fault(
        "bad_argument",
        "Who may manage is not set for one person.",
        "It is set for a channel or for everyone.",
        [`/settings workspace managers:${args.managers}`],
      );
    return changed(scope, wanted, context);
  },
});

function valueOf<Value>(typed: string, parse: (text: string) => Value): Value | null {
  return typed.toLowerCase() === DEFAULT ? null : parse(typed);
}

async function changed(scope: Scope, wanted: Wanted, context: Context): Promise<Reply> {
  const { book, caller, place, now } = context;
  const id = scope === "me" ? caller.id : scope === "channel" ? place.id : "all";
  const object = `settings ${scope} ${id}`;
  await authorise(context, `change-settings-${scope}`, object);
  // Who may manage is for admins to say, in a channel too: nobody gives themselves the right.
  if (wanted.managers !== undefined) await authorise(context, "change-settings-workspace", object);
  const key = settingsKey(caller.tenant, scope, id);
  return commitPlan(context, () => {
    const before = book.get("settings", key);
    const { zone, density, quiet, managers } = { ...before?.value, ...wanted };
    const values: Values = {
      ...(zone && { zone }),
      ...(density && { density }),
      ...(quiet && { quiet }),
      ...(managers && { managers }),
    };
    if (valuesWords(values) === valuesWords(before?.value ?? {}))
      return shown(context, "That is already so: nothing was changed.", false);
    const isEmpty = Object.keys(values).length === 0;
    return {
      changes: [
        {
          table: "settings",
          key,
          value: isEmpty ? null : { tenant: caller.tenant, scope, id, ...values, changedAt: now },
          expect: before === undefined ? "absent" : { version: before.version },
        },
      ],
      line: {
        act: "settings",
        object,
        before: before === undefined ? null : valuesWords(before.value),
        after: isEmpty ? null : valuesWords(values),
      },
      reply: () => shown(context, `Saved for ${SAVED_FOR[scope]}.`, true),
    };
  });
}

const SAVED_FOR: Readonly<Record<Scope, string>> = {
  me: "you",
  channel: "this channel",
  workspace: "everyone here",
};
const COMES_FROM: Readonly<Record<Effective<unknown>["from"], string>> = {
  me: "you",
  channel: "this channel",
  workspace: "everyone",
  default: "nobody set it",
};

/** What holds for the asker here, and where each value comes from. */
function shown({ book, caller, place }: Context, says?: string, changed?: boolean): Reply {
  const { zone, density, quiet, managers } = effectiveSettings(
    book,
    caller.tenant,
    channelOf(place),
    caller.id,
  );
  const rows: readonly (readonly [string, string, Effective<unknown>["from"]])[] = [
    ["Time zone", zone.value, zone.from],
    ["Digests", density.value, density.from],
    ["Quiet hours", quietWords(quiet.value), quiet.from],
    ["Who may manage", managersWords(managers.value), managers.from],
  ];
  return reply(
    [
      says,
      `Times are in ${zone.value}, digests ${density.value}, quiet hours ${quietWords(quiet.value)}.`,
    ]
      .filter((part) => part !== undefined)
      .join(" "),
    {
      blocks: [
        {
          kind: "table",
          caption: "What holds for you here",
          columns: [
            { title: "Setting", align: "left" },
            { title: "Value", align: "left" },
            { title: "Set for", align: "left" },
          ],
          rows: rows.map(([name, value, from]) => [name, value, COMES_FROM[from]]),
          more: 0,
        },
      ],
      figures: {
        zone: zone.value,
        density: density.value,
        quiet: quiet.value && { ...quiet.value },
        managers: managers.value,
        from: {
          zone: zone.from,
          density: density.from,
          quiet: quiet.from,
          managers: managers.from,
        },
        ...(changed !== undefined && { changed }),
      },
      notes: ["What you set for yourself wins over the channel, and the channel over everyone."],
      actions: [
        { label: "No quiet hours", run: "/settings me quiet:off" },
        { label: "Help", run: "/help settings" },
      ],
      choices: [
        {
          placeholder: "My digests…",
          options: DENSITIES.map((density) => ({
            label: density,
            run: `/settings me density:${density}`,
          })),
        },
      ],
    },
  );
}

/** The values of a scope on one line, for comparing and for the log. */
function valuesWords({ zone, density, quiet, managers }: Values): string {
  return [
    zone && `zone:${zone}`,
    density && `density:${density}`,
    quiet && `quiet:${quiet.from}-${quiet.to} ${quiet.mode}`,
    managers && `managers:${typeof managers === "string" ? managers : managers.join(",")}`,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
}
