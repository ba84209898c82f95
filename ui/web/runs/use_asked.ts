import { useEffect, useState } from "react";

/** What was asked for: not there yet, there, or why it cannot be had. */
export interface Asked<T> {
  readonly value?: T;
  readonly error?: string;
}

/** Asks whenever the key is another one; what comes too late is not shown. The last answer stays until there is a new one. */
export function useAsked<T>(key: string | undefined, ask: () => Promise<T>): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({});
  useEffect(() => {
    if (key === undefined) return setAsked({});
    let isLate = false;
    ask().then(
      (value) => isLate || setAsked({ value }),
      (error) => isLate || setAsked({ error: error instanceof Error ? error.message : String(error) }),
    );
    return () => void (isLate = true);
  }, [key]);
  return asked;
}
