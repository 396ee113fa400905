import { listOf, recordOf, textOf } from "../discord/json.ts";
import type { Json } from "../discord/json.ts";
import type { Asked, Asker, sending } from "./asked.ts";
import type { Far } from "./methods.ts";
import { actorPayload, viewPayload } from "./payloads.ts";
import type { StoredView, User } from "./world.ts";

/** An open modal as the person in front of it sees it. */
export interface Dialog {
  readonly title: string;
  readonly submit: string;
  readonly fields: readonly Field[];
  readonly stored: StoredView;
}

export interface Field {
  readonly blockId: string;
  readonly actionId: string;
  readonly label: string;
  readonly type: string;
  readonly isOptional: boolean;
  /** What stands in it; of a menu the label of what is picked. */
  readonly value: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

/** What people do with modals. Like Slack's apps, it lets them send only what the fields take. */
export function dialogs(
  { world, views, socket, notes }: Far,
  { asked, reaction }: ReturnType<typeof sending>,
  defaults: Required<Asker>,
) {
  const opened = (user: User): StoredView | undefined =>
    [...world.views.values()].findLast((view) => view.kind === "modal" && view.user === user);

  return {
    /** The modal this person has open, once it is. */
    dialog: async (user: User = defaults.user): Promise<Dialog> =>
      seenDialog(await world.see(() => opened(user), "a modal")),
    /** Whether this person has a modal open. */
    hasDialog: (user: User = defaults.user): boolean => opened(user) !== undefined,
    /**
     * Sends a modal with some fields (by their labels) filled in anew. It stays open when it is acknowledged
     * with errors.
     */
    submit(
      { stored, fields }: Dialog,
      values: Readonly<Record<string, string>> = {},
      { channel = defaults.channel }: Asker = {},
    ): Asked {
      if (world.views.get(stored.id) !== stored) throw new Error("That modal is closed.");
      const unknown = Object.keys(values).find(
        (each) => !fields.some(({ label }) => label === each),
      );
      if (unknown !== undefined) throw new Error(`The modal has no field “${unknown}”.`);
      const { user } = stored;
      const look = reaction({ user, channel });
      const state = Object.fromEntries(
        fields.map((field) => [
          field.blockId,
          { [field.actionId]: filledIn(field, values[field.label] ?? field.value) },
        ]),
      );
      const delivery = socket.send(
        "interactive",
        {
          ...actorPayload(world, user),
          type: "view_submission",
          trigger_id: views.openTrigger(user),
          view: { ...viewPayload(world, stored), state: { values: state } },
          response_urls: [],
        },
        (ack) => {
          if (ack.response_action !== "errors") world.views.delete(stored.id);
          else notes.push(...errorNotes(ack, fields));
        },
      );
      return asked(delivery, look);
    },
  };
}

function seenDialog(stored: StoredView): Dialog {
  const { title, submit, blocks } = stored.content;
  const words = (value: unknown): string => textOf(recordOf(value).text) ?? "";
  return {
    title: words(title),
    submit: words(submit),
    stored,
    fields: listOf(blocks)
      .map((each) => recordOf(each))
      .filter(({ type }) => type === "input")
      .map((block) => {
        const element = recordOf(block.element);
        return {
          blockId: textOf(block.block_id) ?? "",
          actionId: textOf(element.action_id) ?? "",
          label: words(block.label),
          type: textOf(element.type) ?? "",
          isOptional: block.optional === true,
          value: textOf(element.initial_value) ?? words(recordOf(element.initial_option).text),
          options: listOf(element.options).map((each) => ({
            label: words(recordOf(each).text),
            value: textOf(recordOf(each).value) ?? "",
          })),
        };
      }),
  };
}

/** A field's state as Slack sends it: an empty one is null. */
function filledIn({ label, type, isOptional, options }: Field, value: string): Json {
  if (value === "" && !isOptional) throw new Error(`Please complete “${label}”.`);
  if (type !== "static_select") return { type, value: value === "" ? null : value };
  const option = options.find((each) => each.label === value);
  if (option === undefined && value !== "") throw new Error(`“${label}” does not offer ${value}.`);
  return {
    type,
    selected_option: option
      ? { text: { type: "plain_text", text: option.label, emoji: true }, value: option.value }
      : null,
  };
}

/** Errors at no field of the modal are shown as trouble in general, which tells a person nothing. */
function errorNotes({ errors }: Json, fields: readonly Field[]): readonly string[] {
  const given = Object.entries(recordOf(errors));
  if (given.length === 0) return ["ack.no_errors"];
  return given.flatMap(([blockId, words]) =>
    fields.some((field) => field.blockId === blockId) && typeof words === "string"
      ? []
      : [`ack.error_at_no_field: ${blockId}`],
  );
}
