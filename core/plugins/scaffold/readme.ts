import type { PortName } from "../../ports/plugin.ts";

/** `README.md` of a new plugin. */
export function readme(name: string, port: PortName): string {
  return `# ${name}

A plugin for loom. It provides for the port \`${port}\`; everything is in [mod.ts](mod.ts).

\`\`\`sh
deno test                    # your own tests
loom plugin test .           # what every plugin of this port keeps to
loom plugin add .            # add it, after looking at what it may do
${
    port === "tool"
      ? `loom tool run ${name.replaceAll("-", "_")} --json '{"name":"Ada"}'\n`
      : ""
  }loom plugin update ${name}     # after you have changed it
loom plugin remove ${name}
\`\`\`

\`permissions\` in mod.ts says what it needs. Whoever adds it sees that in plain words; it is given nothing else.
`;
}
