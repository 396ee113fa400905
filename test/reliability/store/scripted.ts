// A process that plays the script once, says how each command ended, and closes the book.
import { writeSync } from "node:fs";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { scriptedCommands } from "./script.ts";

const [dir = "", commands = "0"] = process.argv.slice(2);
const book = await openJsonBook(dir, { foldAtBytes: 2_500 });
for (const changes of scriptedCommands(Number(commands)))
  await book.commit(changes).then(
    () => void writeSync(1, "saved\n"),
    () => void writeSync(1, "refused\n"),
  );
await book.close();
writeSync(1, "closed\n");
