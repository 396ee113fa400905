import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIComponentInContainer,
  APIContainerComponent,
  APIFileComponent,
  APIMediaGalleryComponent,
  APISeparatorComponent,
  APIStringSelectComponent,
  APITextDisplayComponent,
} from "discord.js";

/**
 * The components we send, as the plain JSON Discord takes. Only types come from discord.js, so that a
 * preview can render without loading it. https://docs.discord.com/developers/components/reference
 */
export type Container = APIContainerComponent;
export type Part = APIComponentInContainer;
export type Row = APIActionRowComponent<APIButtonComponent | APIStringSelectComponent>;

/** Message flags: https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const FLAGS = {
  ephemeral: 1 << 6,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;

export function container(accentColour: number, components: Part[]): Container {
  return { type: 17, accent_color: accentColour, components };
}

export function textDisplay(content: string): APITextDisplayComponent {
  return { type: 10, content };
}

export function separator(): APISeparatorComponent {
  return { type: 14 };
}

/** One attached picture, at full width. */
export function picture(fileName: string, altText: string): APIMediaGalleryComponent {
  return {
    type: 12,
    items: [{ media: { url: `attachment://${fileName}` }, description: altText }],
  };
}

/** An attached file; a message of components shows no file it does not name. */
export function file(fileName: string): APIFileComponent {
  return { type: 13, file: { url: `attachment://${fileName}` } };
}

export function row<Inside extends APIButtonComponent | APIStringSelectComponent>(
  components: Inside[],
): APIActionRowComponent<Inside> {
  return { type: 1, components };
}

export function button(
  label: string,
  customId: string,
  style: "primary" | "danger" | "plain",
): APIButtonComponent {
  return {
    type: 2,
    style: style === "primary" ? 1 : style === "danger" ? 4 : 2,
    label,
    custom_id: customId,
  };
}

export function linkButton(label: string, url: string): APIButtonComponent {
  return { type: 2, style: 5, label, url };
}

export function select(
  customId: string,
  placeholder: string,
  options: APIStringSelectComponent["options"],
): APIStringSelectComponent {
  return { type: 3, custom_id: customId, placeholder, options };
}

/** How many components this is, nested ones counted as Discord counts them. */
export function componentCount(component: { readonly components?: readonly object[] }): number {
  return 1 + (component.components ?? []).reduce((sum, inner) => sum + componentCount(inner), 0);
}
