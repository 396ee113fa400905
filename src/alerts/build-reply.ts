import {
  builtRule,
  EMPTY_FIELDS,
  FIELD_NAMES,
  FieldFault,
  fieldsOf,
  TESTS,
  TOLD,
  WATCHED,
} from "./build-rule.ts";
import type { RuleFields } from "./build-rule.ts";
import { parseRule } from "./parse-rule.ts";
import { ruleText } from "./rule-text.ts";
import { filledCommand, keyedWords } from "../command/fill.ts";
import { Fault } from "../fault.ts";
import type { Form, FormField, Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";

/** The kept rule that is changed, or null for a new one. */
export type Kept = { readonly id: string; readonly text: string } | null;

/**
 * What `/alert build …` answers: the form; filled in, what the rule would do (`preview`) with a button that
 * keeps it; and the form again where a value does not fit.
 */
export async function buildReply(
  typed: string,
  kept: Kept,
  preview: (text: string) => Promise<Reply>,
): Promise<Reply> {
  const given = keyedWords(typed);
  if (given === undefined)
    throw new Fault(
      "bad_argument",
      "These are no fields of the form.",
      "A rule in words is made with /alert new.",
      [`/alert new ${typed}`, "/alert build"],
    );
  const { again, rule, ...words } = given;
  const isFirst = Object.keys(given).length === 0;
  const line = rule ?? (isFirst && kept !== null ? kept.text : undefined);
  const fields =
    line === undefined ? { ...EMPTY_FIELDS, ...blank(isFirst), ...words } : readFields(line);
  // A rule with more to it than the fields can say is changed as the one line it is.
  const form =
    fields === undefined || rule !== undefined
      ? lineForm(line ?? "", kept)
      : fieldsForm(fields, kept);
  if (isFirst || again !== undefined) return formReply(form);
  try {
    const text = rule === undefined ? builtRule(fields ?? EMPTY_FIELDS) : ruleText(parseRule(rule));
    return previewReply(text, form, kept, await preview(text));
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const field = fault instanceof FieldFault ? fault.field : doubtful(form);
    return faultyReply(
      { ...form, fault: { field, words: `${fault.message} ${fault.right}`.trim() } },
      fault,
    );
  }
}

/** The field a fault in the whole rule most likely comes from. */
function doubtful({ fields }: Form): string {
  const condition = fields.find(({ name, value = "" }) => name === "where" && value !== "");
  return (condition ?? fields[0])?.name ?? "";
}

/** Words left out of a filled-in form are empty fields, not the first values of a fresh one. */
function blank(isFirst: boolean): Partial<RuleFields> {
  return isFirst ? {} : { threshold: "" };
}

function readFields(line: string): RuleFields | undefined {
  try {
    return fieldsOf(parseRule(line));
  } catch (fault) {
    if (fault instanceof Fault) return undefined;
    throw fault;
  }
}

function fieldsForm(fields: RuleFields, kept: Kept): Form {
  const asked: Readonly<Record<keyof RuleFields, Omit<FormField, "name" | "value">>> = {
    watch: { label: "Watch", kind: "choice", options: WATCHED },
    test: { label: "Speak up when it is", kind: "choice", options: TESTS },
    threshold: {
      label: "Threshold",
      hint: "10000 or 10k; for a change a percentage; for each layoff or notice its size, or nothing for all.",
      kind: "text",
      optional: true,
    },
    where: {
      label: "Only where",
      hint: "For example: sector = finance and country = US",
      kind: "text",
      optional: true,
    },
    tell: { label: "Tell", kind: "choice", options: TOLD },
    more: {
      label: "More options",
      hint: 'For example: for 3d cooldown 7d note "call the desk"',
      kind: "text",
      optional: true,
    },
  };
  return {
    title: titleOf(kept),
    submit: "Preview",
    run: [command(kept), ...FIELD_NAMES.map((name) => `${name}:{${name}}`)].join(" "),
    fields: FIELD_NAMES.map((name) => ({ name, value: fields[name], ...asked[name] })),
  };
}

function lineForm(line: string, kept: Kept): Form {
  return {
    title: titleOf(kept),
    submit: "Preview",
    run: `${command(kept)} rule:{rule}`,
    fields: [
      {
        name: "rule",
        label: "The rule",
        hint: "One line; /help alert tells what may stand in it.",
        kind: "lines",
        value: line,
      },
    ],
  };
}

function titleOf(kept: Kept): string {
  return kept === null ? "A new alert" : `Change alert ${kept.id}`;
}

function command(kept: Kept): string {
  return kept === null ? "/alert build" : `/alert build ${kept.id}`;
}

/** The same form, opened again with the values it has. */
function reopened({ run, fields }: Form): string {
  const values = Object.fromEntries(fields.map(({ name, value }) => [name, value ?? ""]));
  return `${filledCommand(run, values)} again:yes`;
}

function formReply(form: Form): Reply {
  return reply(form.title, {
    form,
    blocks: [
      {
        kind: "text",
        words: [
          "Where no form opens, type the rule: ",
          { code: "/alert new when people(7d) > 10000 clear < 5000 notify me" },
        ],
      },
    ],
    actions: [{ label: "Open the form", run: reopened(form) }],
  });
}

function faultyReply(form: Form, fault: Fault): Reply {
  const label = form.fields.find(({ name }) => name === form.fault?.field)?.label ?? "";
  return reply(`${label}: ${form.fault?.words.split("\n", 1)[0] ?? ""}`, {
    form,
    reason: fault.reason,
    actions: [{ label: "Change", run: reopened(form), style: "primary" }],
  });
}

function previewReply(text: string, form: Form, kept: Kept, shown: Reply): Reply {
  const save = kept === null ? `/alert new ${text}` : `/alert edit ${kept.id} ${text}`;
  const change = { label: "Change", run: reopened(form) };
  if (shown.reason !== undefined) return { ...shown, actions: [change, ...shown.actions] };
  return {
    ...shown,
    title: `Not kept yet: ${shown.title}`,
    actions: [
      { label: "Save", run: save, style: "primary" },
      change,
      { label: "Try it on the past", run: `/alert backtest ${text}` },
    ],
  };
}
