import { isRecord, listOf, recordOf } from "../discord/json.ts";
import type { Json } from "../discord/json.ts";
import { ApiFault } from "./api-fault.ts";
import { isSaid, word } from "./args.ts";
import { named } from "./compose.ts";
import type { Files } from "./files.ts";
import { viewProblems } from "./view-rules.ts";
import type { StoredView, User, World } from "./world.ts";

const TRIGGER_MS = 3_000;
const VIEW_BYTES = 250_000;

/** Home tabs and modals, and the triggers that open modals. */
export class Views {
  readonly #world: World;
  readonly #files: Files;
  readonly #triggers = new Map<
    string,
    { readonly user: User; readonly at: number; used: boolean }
  >();

  constructor(world: World, files: Files) {
    this.#world = world;
    this.#files = files;
  }

  openTrigger(user: User): string {
    const id = `${this.#triggers.size + 1}.${this.#world.now()}.${this.#world.newId("x")}`;
    this.#triggers.set(id, { user, at: this.#world.now(), used: false });
    return id;
  }

  /** views.publish */
  publish(args: Json): StoredView {
    const user = this.#world.users.get(word(args, "user_id"));
    if (user === undefined) throw new ApiFault("invalid_arguments");
    const content = this.#checked(args.view, "home");
    const earlier = this.#world.home(user);
    if (earlier === undefined) return this.#stored("home", user, content);
    return this.#changed(earlier, content, args);
  }

  /** views.open */
  open(args: Json): StoredView {
    const trigger = this.#triggers.get(word(args, "trigger_id"));
    if (trigger === undefined) throw new ApiFault("invalid_trigger_id");
    if (trigger.used) throw new ApiFault("exchanged_trigger_id");
    if (this.#world.now() - trigger.at > TRIGGER_MS) throw new ApiFault("expired_trigger_id");
    const content = this.#checked(args.view, "modal");
    trigger.used = true;
    const externalId = word(content, "external_id");
    const isTaken = [...this.#world.views.values()].some(
      (view) => externalId !== "" && view.content.external_id === externalId,
    );
    if (isTaken) throw new ApiFault("duplicate_external_id");
    return this.#stored("modal", trigger.user, content);
  }

  /** views.update */
  update(args: Json): StoredView {
    const externalId = word(args, "external_id");
    const view =
      this.#world.views.get(word(args, "view_id")) ??
      [...this.#world.views.values()].find(
        ({ content }) => externalId !== "" && content.external_id === externalId,
      );
    if (view === undefined) throw new ApiFault("not_found");
    return this.#changed(view, this.#checked(args.view, view.kind), args);
  }

  #checked(view: unknown, kind: StoredView["kind"]): Json {
    if (!isRecord(view)) throw new ApiFault("invalid_arguments");
    const problems = viewProblems(view, kind, (id) => this.#files.isReady(id));
    if (problems.length > 0) throw new ApiFault("invalid_arguments", { problems });
    if (JSON.stringify(view).length > VIEW_BYTES) throw new ApiFault("view_too_large");
    return {
      ...view,
      blocks: listOf(view.blocks).map((each) => named(recordOf(each), this.#world)),
    };
  }

  #stored(kind: StoredView["kind"], user: User, content: Json): StoredView {
    const id = this.#world.newId("V");
    const view = { id, kind, user, hash: this.#world.newHash(), content };
    this.#world.views.set(id, view);
    return view;
  }

  #changed(view: StoredView, content: Json, args: Json): StoredView {
    if (isSaid(args.hash) && args.hash !== view.hash) throw new ApiFault("hash_conflict");
    view.content = content;
    view.hash = this.#world.newHash();
    return view;
  }
}
