import { z } from "zod";
import { Fault } from "./fault.ts";
import { nearest } from "./market/nearest.ts";

/** One setting: what it is for, its default, and how it is checked. The table in .env.example and docs/settings.md is this list. */
interface Setting {
  readonly name: string;
  readonly says: string;
  readonly fallback: string;
  readonly secret: boolean;
  readonly check: z.ZodType<string>;
  /** Other programs read it too, in small letters as well; those count first, as they do there. */
  readonly isShared?: true;
}

const anyText = z.string();
/** As other programs take it: with or without "http://". */
const withScheme = (text: string) => (text.includes("://") ? text : `http://${text}`);
const proxyAddress = z.string().refine((text) => {
  if (!URL.canParse(withScheme(text))) return false;
  const { protocol, hostname, username, password } = new URL(withScheme(text));
  try {
    decodeURIComponent(username + password);
  } catch {
    return false;
  }
  return ["http:", "https:"].includes(protocol) && hostname !== "";
}, "an address such as http://proxy.example:3128 or http://name:password@proxy.example:3128");
const address = z.string().refine((text) => /^https?:\/\/[^\s]+$/.test(text), "an http(s) address");

export const SETTINGS: readonly Setting[] = [
  {
    name: "SLACK_BOT_TOKEN",
    says: "Slack: the bot token of the installed app (OAuth & Permissions)",
    fallback: "",
    secret: true,
    check: anyText,
  },
  {
    name: "SLACK_APP_TOKEN",
    says: "Slack: an app-level token with connections:write (Basic Information)",
    fallback: "",
    secret: true,
    check: anyText,
  },
  {
    name: "SLACK_SIGNING_SECRET",
    says: "Slack: only needed where requests come by HTTP",
    fallback: "",
    secret: true,
    check: z.string().refine((text) => /^[0-9a-f]{32}$/i.test(text), "32 hex digits"),
  },
  {
    name: "DISCORD_TOKEN",
    says: "Discord: the bot token (Bot page of the application)",
    fallback: "",
    secret: true,
    check: anyText,
  },
  {
    name: "DISCORD_APPLICATION_ID",
    says: "Discord: the application's id (General Information)",
    fallback: "",
    secret: false,
    check: z
      .string()
      .refine((text) => /^\d{5,25}$/.test(text), "a number such as 1234567890123456789"),
  },
  {
    name: "PULSE_DATA",
    says: "Folder of the bot's own facts and state",
    fallback: "data/live",
    secret: false,
    check: anyText,
  },
  {
    name: "SOURCES",
    says: "Which sources the bot asks by itself: off, default, or ids from docs/sources.md with commas",
    fallback: "off",
    secret: false,
    check: z
      .string()
      .refine((text) => /^[\w-]+(\s*,\s*[\w-]+)*$/.test(text), "a list such as default,news-feeds"),
  },
  {
    name: "SOURCES_CONTACT",
    says: "Your e-mail or web address, told to the sources that are asked; some want it",
    fallback: "",
    secret: false,
    check: z
      .string()
      .refine(
        (text) => /^([^\s@()]+@[^\s@()]+\.[^\s@()]+|https:\/\/[^\s()]+)$/.test(text),
        "an e-mail address, or a web address that begins with https://",
      ),
  },
  {
    name: "HTTPS_PROXY",
    says: "Proxy through which sources, Slack and Discord are asked, but for Discord's gateway (docs/sources.md)",
    fallback: "",
    secret: true,
    check: proxyAddress,
    isShared: true,
  },
  {
    name: "NO_PROXY",
    says: "Hosts reached without the proxy, with commas; each stands for what is below it too, * for all",
    fallback: "",
    secret: false,
    check: anyText,
    isShared: true,
  },
  {
    name: "PULSE_PORT",
    says: "Port of the local playground; the next free one is taken",
    fallback: "3000",
    secret: false,
    check: z
      .string()
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, "a port from 0 to 65535"),
  },
  {
    name: "PULSE_LOG_LEVEL",
    says: "silent, error, warn, info or debug",
    fallback: "warn",
    secret: false,
    check: z.enum(["silent", "error", "warn", "info", "debug"]),
  },
  {
    name: "SLACK_API_URL",
    says: "Another address of Slack's Web API, for tests",
    fallback: "",
    secret: false,
    check: address,
  },
  {
    name: "DISCORD_API_URL",
    says: "Another address of Discord's REST API, for tests",
    fallback: "",
    secret: false,
    check: address,
  },
  {
    name: "DISCORD_CDN_URL",
    says: "Another address of Discord's CDN, for tests",
    fallback: "",
    secret: false,
    check: address,
  },
];

export interface Config {
  readonly dataDir: string;
  readonly port: number;
  readonly logLevel: string;
  readonly slack:
    | {
        readonly botToken: string;
        readonly appToken: string;
        readonly signingSecret?: string;
        readonly apiUrl?: string;
      }
    | undefined;
  readonly discord:
    | {
        readonly token: string;
        readonly applicationId: string;
        readonly apiUrl?: string;
        readonly cdnUrl?: string;
      }
    | undefined;
  readonly sources: {
    /** Ids as written, "default" among them; empty when no source is asked. */
    readonly wanted: readonly string[];
    readonly contact: string | null;
    /** Settings of single sources (`SOURCES_<ID>_<NAME>`), by their whole names; the catalogue knows which there are. */
    readonly own: Readonly<Record<string, string>>;
    readonly proxy: Config["proxy"];
  };
  /** The way out; its address may hold a password. Null: straight. */
  readonly proxy: { readonly url: string; readonly except: readonly string[] } | null;
  /** Settings that begin a platform without completing it, in one sentence each. */
  readonly hints: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of one environment. Throws a Fault that lists every fault together and shows no value of a secret. */
export function parseConfig(environment: Environment): Config {
  const given = new Map(
    SETTINGS.map(({ name, fallback, isShared }) => [
      name,
      ((isShared && environment[name.toLowerCase()]) || environment[name] || "").trim() || fallback,
    ]),
  );
  const faults = [
    ...SETTINGS.flatMap((setting) => faultOf(setting, given.get(setting.name) ?? "")),
    ...misspelt(environment),
  ];
  if (faults.length > 0)
    throw new Fault(
      "bad_argument",
      faults.join("\n"),
      "Settings are read from the environment and from .env; .env.example lists them.",
    );
  const value = (name: string) => given.get(name) ?? "";
  const optional = (key: string, name: string) =>
    value(name) === "" ? {} : { [key]: value(name) };
  const proxy =
    value("HTTPS_PROXY") === ""
      ? null
      : {
          url: new URL(withScheme(value("HTTPS_PROXY"))).href,
          except: value("NO_PROXY")
            .split(/[\s,]+/)
            .filter(Boolean),
        };
  const slackReady = value("SLACK_BOT_TOKEN") !== "" && value("SLACK_APP_TOKEN") !== "";
  const discordReady = value("DISCORD_TOKEN") !== "" && value("DISCORD_APPLICATION_ID") !== "";
  return {
    dataDir: value("PULSE_DATA"),
    port: Number(value("PULSE_PORT")),
    logLevel: value("PULSE_LOG_LEVEL"),
    slack: slackReady
      ? {
          botToken: value("SLACK_BOT_TOKEN"),
          appToken: value("SLACK_APP_TOKEN"),
          ...optional("signingSecret", "SLACK_SIGNING_SECRET"),
          ...optional("apiUrl", "SLACK_API_URL"),
        }
      : undefined,
    discord: discordReady
      ? {
          token: value("DISCORD_TOKEN"),
          applicationId: value("DISCORD_APPLICATION_ID"),
          ...optional("apiUrl", "DISCORD_API_URL"),
          ...optional("cdnUrl", "DISCORD_CDN_URL"),
        }
      : undefined,
    sources: {
      wanted: wantedSources(value("SOURCES")),
      contact: value("SOURCES_CONTACT") || null,
      own: Object.fromEntries(
        Object.entries(environment).flatMap(([name, text]) =>
          OWN_SETTING.test(name) && text !== undefined && text.trim() !== ""
            ? [[name, text.trim()]]
            : [],
        ),
      ),
      proxy,
    },
    proxy,
    hints: [
      ...halfDone("Slack", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"], value),
      ...halfDone("Discord", ["DISCORD_TOKEN", "DISCORD_APPLICATION_ID"], value),
    ],
  };
}

const OWN_SETTING = /^SOURCES_(?!CONTACT$)/;

function wantedSources(text: string): readonly string[] {
  const words = text.toLowerCase().split(/\s*,\s*/);
  return words.every((word) => ["off", "none"].includes(word)) ? [] : words;
}

function faultOf(setting: Setting, text: string): string[] {
  if (text === "" || setting.check.safeParse(text).success) return [];
  const shown = setting.secret ? "the value given" : `“${text.slice(0, 40)}”`;
  const message = setting.check.safeParse(text).error?.issues[0]?.message ?? "";
  return [
    `${setting.name}: ${shown} does not fit; it takes ${/^(a|an|\d)/.test(message) ? message : setting.says}.`,
  ];
}

/** A setting nobody reads is usually a typing error, and silence about it costs an evening. */
function misspelt(environment: Environment): string[] {
  const names = SETTINGS.map(({ name }) => name);
  return Object.keys(environment).flatMap((name) => {
    if (names.includes(name) || !/^(PULSE|SLACK|SLAKC|SLCK|DISCORD|DISCRD|DSICORD)_/.test(name))
      return [];
    const [close] = nearest(name, names);
    return close === undefined
      ? []
      : [`Unknown setting ${name.slice(0, 40)} — did you mean ${close}?`];
  });
}

function halfDone(
  platform: string,
  names: readonly string[],
  value: (name: string) => string,
): string[] {
  const missing = names.filter((name) => value(name) === "");
  return missing.length === 0 || missing.length === names.length
    ? []
    : [`${platform} is half set up: ${missing.join(" and ")} is missing.`];
}
