import type {
  APIComponentInLabel,
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
  APIModalSubmitInteraction,
} from "discord.js";
import { ComponentType } from "discord.js";
import { z } from "zod";
import { filledCommand } from "../../command/fill.ts";
import { clip, oneLine } from "../../reply/fit.ts";
import type { Form, FormField } from "../../reply/reply.ts";
import { LIMITS } from "./limits.ts";

const FORM = "form:";

/** What a form leaves with us until it comes back: its command, and the values of fields it had no room for. */
const kept = z.object({ run: z.string(), rest: z.record(z.string(), z.string()) });

/** A form as a modal. It has room for five fields; the others keep their value. */
export function formModal(
  { title, run, fields }: Form,
  keep: (text: string) => string,
): APIModalInteractionResponseCallbackData {
  const rest = Object.fromEntries(
    fields.slice(LIMITS.modalRows).map(({ name, value = "" }) => [name, value]),
  );
  return {
    custom_id: `${FORM}${keep(JSON.stringify({ run, rest } satisfies z.infer<typeof kept>))}`,
    title: clip(oneLine(title), LIMITS.modalTitle),
    components: fields.slice(0, LIMITS.modalRows).map(labelled),
  };
}

function labelled(field: FormField): APILabelComponent {
  return {
    type: 18,
    label: clip(oneLine(field.label), LIMITS.modalLabel),
    ...(field.hint !== undefined && {
      description: clip(oneLine(field.hint), LIMITS.modalDescription),
    }),
    component: control(field),
  };
}

function control({
  name,
  kind,
  value = "",
  options = [],
  optional = false,
}: FormField): APIComponentInLabel {
  if (kind !== "choice")
    return {
      type: 4,
      custom_id: name,
      style: kind === "lines" ? 2 : 1,
      required: !optional,
      max_length: LIMITS.modalText,
      ...(value !== "" && { value: value.slice(0, LIMITS.modalText) }),
    };
  return {
    type: 3,
    custom_id: name,
    required: !optional,
    options: options
      .filter((option) => option.value.length <= LIMITS.selectText)
      .slice(0, LIMITS.selectOptions)
      .map((option) => ({
        label: clip(oneLine(option.label), LIMITS.selectText),
        value: option.value,
        default: option.value === value,
      })),
  };
}

/** The command a filled-in modal stands for; undefined when what it left with us was forgotten. */
export function sentForm(
  { data }: APIModalSubmitInteraction,
  recall: (key: string) => string | undefined,
): string | undefined {
  const left = data.custom_id.startsWith(FORM)
    ? recall(data.custom_id.slice(FORM.length))
    : undefined;
  const read = left === undefined ? undefined : readJson(left);
  if (read === undefined) return undefined;
  const given = data.components.flatMap((row) => {
    if (row.type !== ComponentType.Label) return [];
    const { component } = row;
    if (component.type === ComponentType.TextInput)
      return [[component.custom_id, component.value] as const];
    if (component.type === ComponentType.StringSelect)
      return [[component.custom_id, component.values[0] ?? ""] as const];
    return [];
  });
  return filledCommand(read.run, { ...read.rest, ...Object.fromEntries(given) });
}

function readJson(text: string): z.infer<typeof kept> | undefined {
  try {
    return kept.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
