import { Fault } from "../fault.ts";
import { refuseDeepJson } from "./json-text.ts";

/** How XML begins, or a feed without its first line; a filing of many documents begins otherwise. */
const XML = /^<(\?xml|rss|feed|rdf:rdf|!--|!doctype|!entity)/i;

/**
 * What no reader may see: JSON nested too deep, XML with a document type or entities of its own, and a web page where a
 * table, feed or record was asked for (a login or consent page with status 200). Throws a Fault (`bad_file`).
 */
export function refuseHostile(text: string): void {
  const start = text.slice(0, 1_000).trimStart();
  if (/^<(!doctype\s+html|html)\b/i.test(start))
    throw new Fault(
      "bad_file",
      "This is a web page (perhaps one to sign in or to consent), not the source's answer.",
      "Look at the address in a browser.",
    );
  if (/^[[{]/.test(start)) refuseDeepJson(text);
  if (XML.test(start) && hasDocumentType(text))
    throw new Fault(
      "bad_file",
      "The XML brings a document type or entities of its own.",
      "A feed needs neither; I do not read those.",
    );
}

/** Outside of comments and quoted text (CDATA), which may speak of them. */
function hasDocumentType(text: string): boolean {
  for (let at = text.indexOf("<!"); at >= 0; at = text.indexOf("<!", at)) {
    const quoted = (
      [
        ["<!--", "-->"],
        ["<![CDATA[", "]]>"],
      ] as const
    ).find(([open]) => text.startsWith(open, at));
    if (quoted === undefined) {
      if (/^<!(doctype|entity)/i.test(text.slice(at, at + 12))) return true;
      at += 2;
    } else {
      const end = text.indexOf(quoted[1], at + quoted[0].length);
      if (end < 0) return false;
      at = end;
    }
  }
  return false;
}
