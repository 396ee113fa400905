import { memoryBook } from "../../src/stores/memory-book.ts";
import { bookContract } from "../contracts/book.ts";

bookContract("memory", async () => ({ book: memoryBook() }));
