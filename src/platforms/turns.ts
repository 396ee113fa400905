import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Lets one piece of work begin in each turn of the event loop, in the order asked. A crowd of answers to compute and to
 * dress then holds up no acknowledgement, which has three seconds.
 */
export function oneATurn(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => nextTurn());
    return last;
  };
}
