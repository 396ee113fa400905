import { html, webAddress, type Html, type Part } from "./html.ts";

/** The address that asks a command, as if it were typed. */
export function askAddress(command: string): string {
  return `/?q=${encodeURIComponent(command.toWellFormed())}`;
}

/** The address that presses a button or picks an option: its value is what the platform would send us. */
function pressAddress(value: string): string {
  return `/?press=${encodeURIComponent(value.toWellFormed())}`;
}

/** A button: pressing it sends `value`, as the platform would. */
export function pressButton(value: string, label: Part, style: string): Html {
  return html`<a class="button ${style}" href="${pressAddress(value)}">${label}</a>`;
}

/** A button that leads out of the page; one with an address that is none of the web leads nowhere. */
export function linkButton(address: string, label: Part, style: string): Html {
  const href = webAddress(address);
  return href
    ? html`<a class="button ${style}" href="${href}" target="_blank" rel="noopener noreferrer"
        >${label}<span class="out" role="img" aria-label="opens in a new tab">↗</span></a
      >`
    : html`<span class="button ${style}">${label}</span>`;
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
export function menu(placeholder: string, options: readonly MenuOption[]): Html {
  return html`<details class="menu" name="menu">
    <summary>${placeholder}</summary>
    <ul>
      ${options.map(
        (option) =>
          html`<li>
            <a href="${pressAddress(option.value)}"
              >${option.label}${option.detail && html`<small>${option.detail}</small>`}</a
            >
          </li>`,
      )}
    </ul>
  </details>`;
}

/** A table that may be wider or longer than its place: it scrolls in itself, by keyboard too. */
export function scrollingTable(caption: string, head: Part, body: Part): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      ${head}${body}
    </table>
  </div>`;
}
