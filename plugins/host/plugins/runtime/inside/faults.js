/** Longer texts are nobody's message. */
export const MAX_TEXT = 4_000;

/** What a plugin did that is no failure of its own, but of its contract. */
export function fault(kind, message) {
  return Object.assign(new Error(message), { loomFault: kind });
}

/** An error as data. It may be anything, even something that throws when it is looked at. */
export function described(error) {
  try {
    const { name, message, code, stack, cause, loomFault } = Object(error);
    return {
      name: cut(name ?? typeof error),
      message: cut(message ?? error),
      ...(typeof code === "string" && { code: cut(code) }),
      ...(typeof stack === "string" &&
        { stack: cut(stack.replace(/data:text\/javascript[^\s)]*?(?=:\d)/g, "plugin.js")) }),
      ...(cause !== undefined && { cause: cut(cause?.message ?? cause) }),
      ...(loomFault !== undefined && { fault: cut(loomFault) }),
    };
  } catch {
    // An error with a getter that throws: that it was thrown is all there is to say.
    return { name: "Error", message: "an error that cannot be looked at" };
  }
}

function cut(value) {
  return String(value).slice(0, MAX_TEXT);
}
