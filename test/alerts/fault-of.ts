import { Fault } from "../../src/fault.ts";

/** The refusal of an act that must be refused. */
export function faultOf(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
