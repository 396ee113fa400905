import { html, type Html, type Part } from "./html.ts";

/** The address that asks a command, as if it were typed. */
export function askAddress(command: string): string {
  return `/?q=${encodeURIComponent(command)}`;
}

/** The address that presses a button or picks an option: its value is what the platform would send us. */
export function pressAddress(value: string): string {
  return `/?press=${encodeURIComponent(value)}`;
}

export interface MenuOption {
  readonly label: string;
  readonly detail: string;
  /** What the platform sends back when the option is picked. */
  readonly value: string;
}

/**
 * A menu that opens and works without a script: a disclosure of links. A `<select>` would need either a
 * script or a button of its own to ask its command.
 */
export function menu(placeholder: string, options: readonly MenuOption[], className: string): Html {
  return html`<details class="menu ${className}" name="menu"><summary>${placeholder}</summary><ul>${options.map(
    (option) =>
      html`<li><a href="${pressAddress(option.value)}">${option.label}${option.detail && html`<small>${option.detail}</small>`}</a></li>`,
  )}</ul></details>`;
}

/** A table that may be wider or longer than its place: it scrolls in itself, by keyboard too. */
export function scrollingTable(caption: string, head: Part, body: Part, className: string): Html {
  return html`<div class="scroll ${className}" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption>${head}${body}</table></div>`;
}
