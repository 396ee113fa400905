import type { DiscordDress } from "./dress.ts";
import { markdown } from "./markdown.ts";
import { html, type Html } from "./html.ts";
import { fields, list, number, text, type Fields } from "./json.ts";
import { linkButton, menu, pressButton } from "./press.ts";
import { fileLink, pictureTag, type Look } from "./shelf-view.ts";

/** Component types: https://docs.discord.com/developers/components/reference#component-object-component-types */
const ACTION_ROW = 1;
const BUTTON = 2;
const STRING_SELECT = 3;
const TEXT_DISPLAY = 10;
const MEDIA_GALLERY = 12;
const FILE = 13;
const SEPARATOR = 14;
const CONTAINER = 17;

const BUTTON_LOOKS: Readonly<Record<number, string>> = {
  1: "primary",
  2: "secondary",
  3: "success",
  4: "danger",
  5: "secondary",
};

/** A Components V2 message as Discord would show it; every button and menu is a link that asks its command. */
export function discordView(message: DiscordDress, look: Look): Html {
  const charts = new Map(
    message.pictures.map((picture) => [`attachment://${picture.fileName}`, picture.chart]),
  );

  const view = (component: Fields): Html => {
    const children = list(component.components);
    switch (component.type) {
      case CONTAINER:
        return html`<div class="box">
          ${accent(number(component.accent_color))}
          <div class="inside">${children.map(view)}</div>
        </div>`;
      case TEXT_DISPLAY:
        return html`<div class="text">${markdown(text(component.content))}</div>`;
      case SEPARATOR:
        return html`<hr />`;
      case MEDIA_GALLERY:
        return html`<div class="gallery">
          ${list(component.items).map((item) => {
            const chart = charts.get(text(fields(item.media).url));
            return chart
              ? pictureTag(chart, text(item.description), look)
              : html`<p class="missing">${text(item.description)}</p>`;
          })}
        </div>`;
      case FILE: {
        const name = text(fields(component.file).url).replace("attachment://", "");
        const file = message.files.find((one) => one.name === name);
        return file ? fileLink(file) : html`<p class="missing">${name}</p>`;
      }
      case ACTION_ROW:
        return html`<div class="actions">${children.map(view)}</div>`;
      case BUTTON:
        return button(component);
      case STRING_SELECT:
        return menu(
          text(component.placeholder) || "Choose",
          list(component.options).map((option) => ({
            label: text(option.label),
            detail: text(option.description),
            value: text(option.value),
          })),
        );
      default:
        return html`<p class="missing">
          A component of type ${number(component.type) ?? "?"} stands here; this preview cannot draw
          it.
        </p>`;
    }
  };

  return html`${message.components.map((component) => view(fields(component)))}`;
}

/** An SVG, since its fill is an attribute: a `style` attribute would need a hole in the page's policy. */
function accent(color: number | undefined): Html | undefined {
  if (color === undefined) return undefined;
  const fill = `#${Math.trunc(color).toString(16).padStart(6, "0")}`;
  return html`<svg class="accent" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1 1">
    <rect width="1" height="1" fill="${fill}" />
  </svg>`;
}

function button(component: Fields): Html {
  const look = BUTTON_LOOKS[number(component.style) ?? 2] ?? "secondary";
  const label = text(component.label);
  return component.url === undefined
    ? pressButton(text(component.custom_id), label, look)
    : linkButton(text(component.url), label, look);
}
