/**
 * Patterns of hosts: which there are, what they cover.
 *
 * A host can be written in many ways that mean the same to a resolver and something else to a list. One way is taken
 * here, the others are refused with what to write in their place.
 *
 * @module
 */

/** A pattern, read. */
export interface HostPattern {
  /** Lower case, without a dot at the end; an IPv6 address in brackets, at its shortest. */
  readonly name: string;
  /** Whether it stands for what lies below the name, and not for the name itself. */
  readonly below: boolean;
  /** In order. */
  readonly ports: readonly number[];
}

/** What is wrong with a pattern, and what to do. */
export interface HostFault {
  readonly fault: string;
  readonly hint: string;
}

/** Those of http and https. */
const USUAL_PORTS: readonly number[] = [80, 443];

const MAX_PORT = 65_535;

/** RFC 1035, section 2.3.4. */
const MAX_NAME = 253;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** What resolvers take for a number: `2130706433`, `0x7f.1`, `017700000001`. */
const NUMBER_AT_END = /(^|\.)(\d+|0x[0-9a-f]*)$/;
const IPV4 = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/;

/** Reads `example.org`, `example.org:8080`, `*.example.org`, `192.0.2.1` or `[2001:db8::1]:443`. */
export function parseHost(text: string): HostPattern | HostFault {
  const below = text.startsWith("*.");
  const parts = /^(\[[^\]]*\]|[^:[\]]*)(?::([^:]*))?$/su.exec(below ? text.slice(2) : text);
  if (parts === null) return { fault: "it is no host", hint: "IPv6 addresses stand in brackets, a port after a colon" };
  const [, host, port] = parts;
  const ports = port === undefined ? USUAL_PORTS : portsOf(port);
  if (ports === undefined) return { fault: "its port is no number from 1 to 65535", hint: "such as example.org:8080" };
  const name = nameOf(host);
  if (typeof name !== "string") return name;
  if (below && (name.startsWith("[") || NUMBER_AT_END.test(name))) {
    return { fault: "an address has no subdomains", hint: "name the address itself" };
  }
  if (below && !name.includes(".")) {
    return { fault: "it would cover a whole top-level domain", hint: "such as *.example.org" };
  }
  return { name, below, ports };
}

/** Whether {@linkcode parseHost} found something wrong. */
export function isHostFault(read: HostPattern | HostFault): read is HostFault {
  return "fault" in read;
}

/** The pattern as it is written. */
export function hostText({ name, below, ports }: HostPattern): string {
  const isUsual = ports.length === USUAL_PORTS.length && ports.every((port, at) => port === USUAL_PORTS[at]);
  return `${below ? "*." : ""}${name}${isUsual ? "" : `:${ports[0]}`}`;
}

/** Whether everything that `inner` stands for is covered by `outer`. */
export function hostCovers(outer: HostPattern, inner: HostPattern): boolean {
  return inner.ports.every((port) => outer.ports.includes(port)) && nameCovers(outer, inner);
}

/** Whether there is something that both stand for. */
export function hostsMeet(a: HostPattern, b: HostPattern): boolean {
  return a.ports.some((port) => b.ports.includes(port)) && (nameCovers(a, b) || nameCovers(b, a));
}

/** Whether one of the patterns of a policy covers this host at this port. What cannot be read is not allowed. */
export function hostAllowed(hosts: readonly string[], host: string, port: number): boolean {
  const wanted = parseHost(host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);
  if (isHostFault(wanted) || wanted.below) return false;
  return hosts.some((text) => {
    const pattern = parseHost(text);
    return !isHostFault(pattern) && hostCovers(pattern, { ...wanted, ports: [port] });
  });
}

function nameCovers(outer: HostPattern, inner: HostPattern): boolean {
  if (!outer.below) return !inner.below && inner.name === outer.name;
  return inner.name.endsWith(`.${outer.name}`) || (inner.below && inner.name === outer.name);
}

function portsOf(text: string): readonly number[] | undefined {
  if (!/^[1-9]\d{0,4}$/.test(text) || Number(text) > MAX_PORT) return undefined;
  return [Number(text)];
}

function nameOf(host: string): string | HostFault {
  if (host.startsWith("[")) return addressOf(host);
  // deno-lint-ignore no-control-regex -- they are what is looked for
  if (/[\u0000-\u0020\u007f]/.test(host)) {
    return { fault: "it has a blank or a control character in it", hint: "remove it" };
  }
  if (/[^\u0021-\u007e]/.test(host)) return { fault: "it is not ASCII", hint: asciiHint(host) };
  const name = host.toLowerCase().replace(/\.$/, "");
  if (NUMBER_AT_END.test(name)) return isAddress(name) ? name : numberFault;
  const isName = name.length <= MAX_NAME && name.split(".").every((label) => LABEL.test(label)) &&
    hostnameOf(name) === name;
  return isName ? name : { fault: "it is no name of a host", hint: "letters, digits, dashes and dots only" };
}

const numberFault: HostFault = {
  fault: "it is an address in an unusual spelling",
  hint: "write an IPv4 address as four decimal numbers, such as 192.0.2.1",
};

function isAddress(name: string): boolean {
  return IPV4.test(name) && name.split(".").every((part) => Number(part) <= 255);
}

/** An IPv6 address at its shortest (RFC 5952). One that holds an IPv4 address is another name for that, and refused. */
function addressOf(host: string): string | HostFault {
  const name = hostnameOf(host);
  if (name === undefined) return { fault: "it is no IPv6 address", hint: "such as [2001:db8::1]" };
  if (name.startsWith("[::ffff:")) return { fault: "it is an IPv4 address in disguise", hint: "write it as 192.0.2.1" };
  return name;
}

function asciiHint(host: string): string {
  const name = hostnameOf(host);
  return name === undefined ? "write it in ASCII" : `write it as ${name}`;
}

function hostnameOf(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : undefined;
}
