import { isPromise } from "../base/flow.ts";
import type { Later } from "../../ports/loop_store.ts";

/** Goes on with a value, at once if it is there: synchronous loops must not meet a promise that nobody needed. */
export function whenReady<T, R>(value: Later<T>, goOn: (value: T) => Later<R>): Later<R> {
  return isPromise(value) ? value.then(goOn) : goOn(value);
}

/** Asks one after the other, each after the answer of the one before. */
export function inTurn<T, R>(items: readonly T[], ask: (item: T, index: number) => Later<R>): Later<readonly R[]> {
  const answers: R[] = [];
  const from = (index: number): Later<readonly R[]> => {
    for (let i = index; i < items.length; i++) {
      const answer = ask(items[i], i);
      if (isPromise(answer)) return answer.then((it) => (answers.push(it), from(i + 1)));
      answers.push(answer);
    }
    return answers;
  };
  return from(0);
}
