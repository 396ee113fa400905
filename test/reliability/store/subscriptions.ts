/** What an outside observer of subscribers knows from their answers, and how what they read at their start compares. */
export interface Subscriptions {
  /** One line of a subscriber's output. */
  hear(line: string): void;
  /** How many commands were answered "saved". */
  readonly saved: number;
  /** What was wrong with the states that fresh processes read. */
  readonly wrong: readonly string[];
  /** Commands that failed in a running process, which only a failing disk excuses. */
  readonly stopped: readonly string[];
}

export function subscriptions(): Subscriptions {
  /** Names by what was last answered, and those whose command had no answer yet. */
  const answered = new Map<string, "add" | "drop">();
  const asked = new Map<string, "add" | "drop">();
  let rules: ReadonlySet<string> = new Set();
  const wrong: string[] = [];
  const stopped: string[] = [];
  let saved = 0;

  /** Compares a state that was read with the answers heard up to then. */
  function judge(watches: ReadonlySet<string>): void {
    for (const name of new Set([...rules, ...watches])) {
      if (rules.has(name) !== watches.has(name)) wrong.push(`${name} is half there`);
      if (!answered.has(name) && !asked.has(name)) wrong.push(`${name} was never asked for`);
    }
    for (const [name, act] of answered) {
      if (act === "add" && !rules.has(name) && asked.get(name) !== "drop")
        wrong.push(`${name} was answered “saved” and is lost`);
      if (act === "drop" && rules.has(name)) wrong.push(`${name} was taken away and is back`);
    }
    // What was open at the kill is settled now, one way or the other.
    for (const name of asked.keys()) {
      if (rules.has(name)) answered.set(name, "add");
      else answered.delete(name);
    }
    asked.clear();
  }

  return {
    wrong,
    stopped,
    get saved() {
      return saved;
    },
    hear(line) {
      const [word, act = "", name = ""] = line.split(" ");
      if (word === "rules") rules = namesOf(act);
      else if (word === "watches") judge(namesOf(act));
      else if (word === "refused") wrong.push(line);
      else if (word === "stopped") stopped.push(line);
      else if (act !== "add" && act !== "drop") return;
      else if (word === "try") asked.set(name, act);
      else if (word === "saved") {
        answered.set(name, act);
        asked.delete(name);
        saved++;
      }
    },
  };
}

function namesOf(list: string): ReadonlySet<string> {
  return new Set(list.split(",").filter(Boolean));
}
