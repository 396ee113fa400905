import type { types } from "@slack/bolt";
import { z } from "zod";
import { filledCommand } from "../../command/fill.ts";
import type { Form, FormField } from "../../reply/reply.ts";
import type { Office } from "./answering.ts";
import { plainObject } from "./block.ts";
import { plainLine } from "./escape.ts";
import { LIMITS } from "./limits.ts";
import type { Asker } from "./spots.ts";

/** The callback id of every dialog of ours. */
export const FORM_VIEW = "form";

/** The one control of a field; the field itself is named by its block. */
const VALUE = "value";
const FIELD = "field:";

/**
 * Opens a form as a dialog. False when that was not possible: the trigger lives three seconds and opens one
 * dialog, and then the reply's own words have to do.
 */
export async function openForm(
  form: Form,
  triggerId: string,
  asker: Asker,
  { client, log }: Office,
): Promise<boolean> {
  const view = formView(form, asker);
  if (view === undefined) return false;
  try {
    await client.views.open({ trigger_id: triggerId, view });
    return true;
  } catch (error) {
    log.warn(
      {
        event: "slack-form",
        error: error instanceof Error ? error.message.slice(0, 100) : "unknown",
      },
      "a dialog could not be opened",
    );
    return false;
  }
}

const kept = z.object({
  run: z.string(),
  channel: z.string(),
  threadTs: z.string().optional(),
});

/** The dialog of a form; undefined where its command is too long to be carried along. */
export function formView(form: Form, { channel, threadTs }: Asker): types.ModalView | undefined {
  const metadata = JSON.stringify({ run: form.run, channel, threadTs } satisfies z.infer<
    typeof kept
  >);
  if (metadata.length > LIMITS.viewMetadata) return undefined;
  return {
    type: "modal",
    callback_id: FORM_VIEW,
    private_metadata: metadata,
    title: plainObject(plainLine(form.title, LIMITS.viewTitle)),
    submit: plainObject(plainLine(form.submit, LIMITS.viewTitle)),
    blocks: form.fields.slice(0, LIMITS.viewBlocks).map(inputBlock),
  };
}

function inputBlock(field: FormField): types.InputBlock {
  return {
    type: "input",
    block_id: `${FIELD}${field.name}`,
    label: plainObject(plainLine(field.label, LIMITS.inputLabel)),
    ...(field.hint !== undefined && {
      hint: plainObject(plainLine(field.hint, LIMITS.inputLabel)),
    }),
    optional: field.optional === true,
    element: field.kind === "choice" ? select(field) : textInput(field),
  };
}

function select({ options = [], value }: FormField): types.StaticSelect {
  const offered = options
    .filter((option) => option.value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map((option) => ({
      text: plainObject(plainLine(option.label, LIMITS.optionText)),
      value: option.value,
    }));
  const initial = offered.find((option) => option.value === value);
  return {
    type: "static_select",
    action_id: VALUE,
    options: offered,
    ...(initial && { initial_option: initial }),
  };
}

function textInput({ kind, value = "" }: FormField): types.PlainTextInput {
  return {
    type: "plain_text_input",
    action_id: VALUE,
    multiline: kind === "lines",
    ...(value !== "" && { initial_value: value.slice(0, LIMITS.inputValue) }),
  };
}

/** What a filled-in dialog asks, and who asked where; undefined for one that is not of ours. */
export function sentForm(view: {
  readonly private_metadata: string;
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, Given>>>> };
}): { readonly command: string; readonly place: Omit<Asker, "user"> } | undefined {
  let metadata: unknown;
  try {
    metadata = JSON.parse(view.private_metadata);
  } catch {
    return undefined;
  }
  const read = kept.safeParse(metadata);
  if (!read.success) return undefined;
  const { run, ...place } = read.data;
  const values = Object.fromEntries(
    Object.entries(view.state.values).map(([block, controls]) => {
      const given = controls[VALUE];
      return [block.slice(FIELD.length), given?.selected_option?.value ?? given?.value ?? ""];
    }),
  );
  return { command: filledCommand(run, values), place };
}

interface Given {
  readonly value?: string | null | undefined;
  readonly selected_option?: { readonly value: string } | null | undefined;
}

/** What is wrong, as the open dialog shows it below the field; undefined when no field is to blame. */
export function formErrors({ fault, fields }: Form): Record<string, string> | undefined {
  if (fault === undefined || !fields.some(({ name }) => name === fault.field)) return undefined;
  return { [`${FIELD}${fault.field}`]: plainLine(fault.words, LIMITS.inputError) };
}
