import { randomBytes } from "node:crypto";
import type { Json } from "../discord/json.ts";
import { listOf, recordOf } from "../discord/json.ts";
import { ApiFault } from "./api-fault.ts";
import { whole, word } from "./args.ts";
import type { StoredFile, World } from "./world.ts";

const ALT_TEXT = 1_000;
const SNIPPET = 1_000_000;

/** Uploads: https://docs.slack.dev/messaging/working-with-files#upload */
export class Files {
  readonly #world: World;
  /** How often a new file is still said not to be there, as Slack does while it looks through it. */
  unreadyLooks = 0;
  readonly #looks = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
  }

  /** files.getUploadURLExternal */
  announce(args: Json): StoredFile {
    const length = whole(args.length) ?? 0;
    const name = word(args, "filename");
    const altText = word(args, "alt_txt");
    if (length <= 0 || name === "") throw new ApiFault("missing_argument");
    if (altText.length > ALT_TEXT) throw new ApiFault("alt_txt_too_large");
    if (word(args, "snippet_type") !== "" && length > SNIPPET)
      throw new ApiFault("snippet_too_large");
    const id = this.#world.newId("F");
    const file = {
      id,
      name,
      altText,
      length,
      title: name,
      uploadKey: randomBytes(12).toString("hex"),
    };
    this.#world.files.set(id, file);
    return file;
  }

  /** Takes the bytes at the upload address; what they may not be is said in plain words there. */
  upload(key: string, bytes: Buffer): { readonly status: number; readonly body: string } {
    const file = [...this.#world.files.values()].find(({ uploadKey }) => uploadKey === key);
    if (file === undefined) return { status: 404, body: "not found" };
    if (bytes.length !== file.length) return { status: 400, body: "file length mismatch" };
    file.bytes = bytes;
    return { status: 200, body: `OK - ${bytes.length}` };
  }

  /** files.completeUploadExternal, without the sharing. */
  complete(args: Json): readonly StoredFile[] {
    const asked = listOf(args.files).map((each) => recordOf(each));
    if (asked.length === 0) throw new ApiFault("missing_argument");
    const found = asked.map((each) => ({ each, file: this.#world.files.get(word(each, "id")) }));
    return found.map(({ each, file }) => {
      if (file?.bytes === undefined || file.completedAt !== undefined)
        throw new ApiFault("file_not_found");
      file.completedAt = this.#world.now();
      file.title = word(each, "title") || file.name;
      return file;
    });
  }

  /** The file of a `slack_file` object. */
  named({ id, url }: Json): StoredFile | undefined {
    if (typeof id === "string") return this.#world.files.get(id);
    return [...this.#world.files.values()].find((file) => file.id === urlId(url));
  }

  /** Whether a finished file may be shown by now; asking counts as a look. */
  isReady(id: string): boolean {
    const file = this.#world.files.get(id);
    if (file?.completedAt === undefined) return false;
    const looks = (this.#looks.get(id) ?? 0) + 1;
    this.#looks.set(id, looks);
    return looks > this.unreadyLooks;
  }
}

function urlId(url: unknown): string | undefined {
  return typeof url === "string" ? /-(F[A-Z0-9]+)\//.exec(url)?.[1] : undefined;
}
