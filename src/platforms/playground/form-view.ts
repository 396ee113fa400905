import type { Form, FormField } from "../../reply/reply.ts";
import { html, type Html } from "./html.ts";

/** The address word that carries the command of a form, and the start of those that carry its fields. */
export const FORM_WORD = "form";
export const FIELD_WORD = "field.";

/** What Slack and Discord open as a dialog, as a form of the page: sent, it asks the command of its fields. */
export function formView(form: Form): Html {
  return html`<form class="dialog" action="/" method="get" aria-labelledby="dialog-title">
    <h3 id="dialog-title">${form.title}</h3>
    <input type="hidden" name="${FORM_WORD}" value="${form.run}" />
    ${form.fields.map((field) =>
      fieldView(field, form.fault?.field === field.name ? form.fault.words : ""),
    )}
    <button type="submit">${form.submit}</button>
  </form>`;
}

function fieldView(field: FormField, fault: string): Html {
  const id = `${FIELD_WORD}${field.name}`;
  const hint = field.hint ?? "";
  const described = [hint !== "" && `${id}.hint`, fault !== "" && `${id}.fault`].filter(Boolean);
  return html`<div class="field">
    <label for="${id}"
      >${field.label}${field.optional === true && html` <small>(optional)</small>`}</label
    >
    ${control(field, id, {
      describedBy: described.join(" "),
      isFaulty: fault !== "",
    })}
    ${hint !== "" && html`<p class="hint" id="${id}.hint">${hint}</p>`}
    ${fault !== "" && html`<p class="fault" id="${id}.fault" role="alert">${fault}</p>`}
  </div>`;
}

function control(
  { kind, value = "", options = [], optional = false }: FormField,
  id: string,
  { describedBy, isFaulty }: { readonly describedBy: string; readonly isFaulty: boolean },
): Html {
  const state = html`${!optional && html` required`}${isFaulty && html` aria-invalid="true"`}${describedBy !== "" && html` aria-describedby="${describedBy}"`}`;
  if (kind === "choice")
    return html`<select id="${id}" name="${id}" ${state}>
      ${options.map(
        (option) =>
          html`<option value="${option.value}" ${option.value === value && html` selected`}>
            ${option.label}
          </option>`,
      )}
    </select>`;
  if (kind === "lines")
    return html`<textarea id="${id}" name="${id}" rows="3" maxlength="1000" ${state}>
${value}</textarea>`;
  return html`<input
    id="${id}"
    name="${id}"
    value="${value}"
    maxlength="1000"
    autocomplete="off"
    ${state}
  />`;
}
