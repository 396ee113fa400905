import { existsSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv";
import { isRecord, recordOf } from "./json.ts";

const DOCUMENT = new URL("../../../../shared/specs/discord-openapi.json", import.meta.url);

/** Discord's own description of its API lies beside this checkout. */
export const hasOpenApi = existsSync(DOCUMENT);

/** The faults of a request body against Discord's own description; undefined where that says nothing. */
export type CheckBody = (method: string, template: string, body: unknown) => string | undefined;

let shared: CheckBody | undefined;

/** Reads the description once a process; every schema is compiled when it is first met. */
export function openApi(): CheckBody {
  shared ??= hasOpenApi ? compiled() : () => undefined;
  return shared;
}

function compiled(): CheckBody {
  const document: unknown = JSON.parse(readFileSync(DOCUMENT, "utf8"));
  const paths = recordOf(recordOf(document).paths);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
  ajv.addSchema(recordOf(document), "discord");
  const known = new Map<string, ValidateFunction | undefined>();
  return (method, template, body) => {
    const key = `${method} ${template}`;
    if (!known.has(key)) known.set(key, schemaFor(ajv, paths, method, template));
    const validate = known.get(key);
    if (validate === undefined || validate(body)) return undefined;
    return `${key}: ${ajv.errorsText(validate.errors?.slice(0, 8))}`;
  };
}

function schemaFor(
  ajv: Ajv2020,
  paths: Readonly<Record<string, unknown>>,
  method: string,
  template: string,
): ValidateFunction | undefined {
  const operation = recordOf(recordOf(paths[template])[method.toLowerCase()]);
  const content = recordOf(recordOf(operation.requestBody).content);
  if (!isRecord(content["application/json"])) return undefined;
  const pointer = [
    "paths",
    template,
    method.toLowerCase(),
    "requestBody",
    "content",
    "application/json",
    "schema",
  ]
    .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
    .join("/");
  return ajv.compile({ $ref: `discord#/${pointer}` });
}
