/** Whether a robots.txt lets us fetch a path (with its query), as RFC 9309 reads it: the longest rule counts, and allows in a tie. */
export function robotsAllow(robots: string, agent: string, path: string): boolean {
  let best = { length: -1, allows: true };
  for (const { allows, pattern } of rulesFor(groupsOf(robots), agent.toLowerCase())) {
    const length = pattern.length;
    const counts = length > best.length || (length === best.length && allows);
    if (counts && matches(pattern, path)) best = { length, allows };
  }
  return best.allows;
}

interface Rule {
  readonly allows: boolean;
  readonly pattern: string;
}
interface Group {
  readonly agents: string[];
  readonly rules: Rule[];
}

const LINES_MAX = 10_000;

function groupsOf(robots: string): readonly Group[] {
  const groups: Group[] = [];
  let naming = false;
  for (const line of robots.split(/\r\n|\n|\r/).slice(0, LINES_MAX)) {
    const [, field = "", value = ""] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    const name = field.toLowerCase();
    if (name === "user-agent") {
      if (!naming) groups.push({ agents: [], rules: [] });
      groups.at(-1)!.agents.push(value.trim().toLowerCase());
      naming = true;
    } else if (name === "allow" || name === "disallow") {
      naming = false;
      // An empty "disallow" forbids nothing.
      if (value.trim() !== "")
        groups.at(-1)?.rules.push({ allows: name === "allow", pattern: value.trim() });
    }
  }
  return groups;
}

/** The rules of all groups that name us; where none does, of those for everyone. */
function rulesFor(groups: readonly Group[], agent: string): readonly Rule[] {
  const ours = groups.filter(({ agents }) => agents.includes(agent));
  return (ours.length > 0 ? ours : groups.filter(({ agents }) => agents.includes("*"))).flatMap(
    ({ rules }) => rules,
  );
}

/** `*` is anything, `$` at the end is the end; without backtracking, since the pattern is a stranger's. */
function matches(pattern: string, path: string): boolean {
  const toEnd = pattern.endsWith("$");
  const [first = "", ...pieces] = (toEnd ? pattern.slice(0, -1) : pattern).split("*");
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [place, piece] of pieces.entries()) {
    const isLast = place === pieces.length - 1;
    const found = toEnd && isLast ? path.lastIndexOf(piece) : path.indexOf(piece, at);
    if (found < at) return false;
    at = found + piece.length;
  }
  return !toEnd || at === path.length;
}
