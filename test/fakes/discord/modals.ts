import type { Interaction } from "./interactions.ts";
import type { Json } from "./json.ts";
import { listOf, recordOf, textOf } from "./json.ts";

/** A modal as the person in front of it sees it. */
export interface Modal {
  readonly title: string;
  readonly customId: string;
  readonly fields: readonly ModalField[];
  /** What it was opened in answer to. */
  readonly opened: Interaction;
}

export interface ModalField {
  readonly customId: string;
  readonly label: string;
  readonly isMenu: boolean;
  readonly isRequired: boolean;
  /** What stands in it; of a menu the label of what is picked. */
  readonly value: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

export function seenModal(modal: Json, opened: Interaction): Modal {
  return {
    title: textOf(modal.title) ?? "",
    customId: textOf(modal.custom_id) ?? "",
    opened,
    fields: listOf(modal.components).map((each) => {
      const { label, component } = recordOf(each);
      const control = recordOf(component);
      const options = listOf(control.options).map((option) => recordOf(option));
      return {
        customId: textOf(control.custom_id) ?? "",
        label: textOf(label) ?? "",
        isMenu: control.type === 3,
        isRequired: control.required !== false,
        value:
          textOf(control.value) ??
          textOf(options.find((option) => option.default === true)?.label) ??
          "",
        options: options.map((option) => ({
          label: textOf(option.label) ?? "",
          value: textOf(option.value) ?? "",
        })),
      };
    }),
  };
}

/** What a sent modal holds; throws what Discord's apps would not let a person send. */
export function modalData(
  { customId, fields }: Modal,
  values: Readonly<Record<string, string>>,
  newId: () => string,
): Json {
  const unknown = Object.keys(values).find((each) => !fields.some(({ label }) => label === each));
  if (unknown !== undefined) throw new Error(`The modal has no field “${unknown}”.`);
  return {
    custom_id: customId,
    components: fields.map((field) => ({
      type: 18,
      id: Number(newId().slice(-6)),
      component: filledIn(field, values[field.label] ?? field.value),
    })),
  };
}

function filledIn({ customId, label, isMenu, isRequired, options }: ModalField, value: string) {
  if (value === "" && isRequired) throw new Error(`“${label}” is required.`);
  if (!isMenu) return { type: 4, custom_id: customId, value };
  const option = options.find((each) => each.label === value);
  if (option === undefined && value !== "") throw new Error(`“${label}” does not offer ${value}.`);
  return { type: 3, custom_id: customId, values: option === undefined ? [] : [option.value] };
}
