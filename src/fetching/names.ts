import { Fault } from "../fault.ts";

/** A name server may have been busy for a moment; a name that is unknown stays so, and is worth no more than this. */
const LOOKUPS_MAX = 2;
/** After so many names in a row that could not be looked up this machine is offline, and further ones are looked up once. */
const OFFLINE_FROM = 2;

/** What goes by this name is the operator's proxy, whose own name is not shown. */
export const PROXY = "the proxy";

/** The names of one turn that could not be looked up. */
export interface Names {
  /** Throws the Fault (`busy`) of a name that was given up: it is not looked up again in this turn. */
  refuseGivenUp(name: string): void;
  /** The name, and with it the network, is there. */
  found(name: string): void;
  /** Counts a lookup that failed; whether the name deserves another. */
  missed(name: string, why: string): { readonly fault: Fault; readonly again: boolean };
}

/** Retries are for servers that are busy. Hundreds of addresses below a name nobody knows would be waited for in vain. */
export function openNames(): Names {
  const misses = new Map<string, number>();
  const givenUp = new Map<string, Fault>();
  let inARow = 0;
  return {
    refuseGivenUp(name) {
      const fault = givenUp.get(name);
      if (fault !== undefined) throw fault;
    },
    found(name) {
      misses.delete(name);
      inARow = 0;
    },
    missed(name, why) {
      const times = (misses.get(name) ?? 0) + 1;
      misses.set(name, times);
      const fault = nameFault(name, why);
      const again = times < LOOKUPS_MAX && inARow < OFFLINE_FROM;
      if (!again) {
        givenUp.set(name, fault);
        inARow += 1;
      }
      return { fault, again };
    },
  };
}

function nameFault(name: string, why: string): Fault {
  if (name === PROXY)
    return new Fault(
      "busy",
      `The name of the proxy cannot be looked up (${why}).`,
      "Is this machine online? If it is, look at HTTPS_PROXY.",
    );
  return new Fault(
    "busy",
    `The name ${name} cannot be looked up (${why}).`,
    "Is this machine online? If it is, has the name changed? It is looked up again in its next turn.",
  );
}
