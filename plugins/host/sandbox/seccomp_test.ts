import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { seccompFilter } from "./seccomp.ts";

const [ALLOWED, EPERM, ENOSYS] = [0x7fff0000, 0x00050001, 0x00050026];

/** What a call is to the filter. */
interface Call {
  readonly number: number;
  readonly arch?: number;
  readonly args?: readonly number[];
}

const X64 = 0xc000003e;

/** Runs a filter as the kernel does. */
function decide(filter: Uint8Array<ArrayBuffer>, { number, arch = X64, args = [] }: Call): number {
  const view = new DataView(filter.buffer);
  const words = [number, arch, 0, 0, ...args.flatMap((arg) => [arg, 0])];
  for (let [at, value] = [0, 0];; at++) {
    const [code, operand] = [view.getUint16(at * 8, true), view.getUint32(at * 8 + 4, true)];
    if (code === 0x06) return operand;
    if (code === 0x20) value = words[operand / 4] ?? 0;
    else at += view.getUint8(at * 8 + (holds(code, value, operand) ? 2 : 3));
  }
}

function holds(code: number, value: number, operand: number): boolean {
  if (code === 0x15) return value === operand;
  return code === 0x35 ? value >= operand : (value & operand) !== 0;
}

Deno.test("seccompFilter() lets programs do what programs do", () => {
  const filter = seccompFilter("x86_64", { unixSockets: false })!;
  for (const number of [0, 1, 2, 59, 57, 60, 9, 231, 257]) equal(decide(filter, { number }), ALLOWED, `${number}`);
  equal(decide(filter, { number: 56, args: [0x01200011] }), ALLOWED);
  equal(decide(filter, { number: 272, args: [0x400] }), ALLOWED);
  equal(decide(filter, { number: 16, args: [0, 0x5401] }), ALLOWED);
});

Deno.test("seccompFilter() refuses what leads to the kernel's depths and to other processes", () => {
  const filter = seccompFilter("x86_64", { unixSockets: false })!;
  for (const number of [101, 165, 166, 155, 308, 248, 250, 321, 298, 323, 425, 246, 175, 304, 180, 212, 443]) {
    equal(decide(filter, { number }), EPERM, `${number}`);
  }
  equal(decide(filter, { number: 435 }), ENOSYS);
});

Deno.test("seccompFilter() looks at arguments: new namespaces, typing into a terminal", () => {
  const filter = seccompFilter("x86_64", { unixSockets: false })!;
  for (const flag of [0x10000000, 0x00020000, 0x40000000, 0x20000000, 0x04000000, 0x08000000, 0x02000000, 0x80]) {
    equal(decide(filter, { number: 56, args: [flag | 17] }), EPERM, `clone ${flag.toString(16)}`);
    equal(decide(filter, { number: 272, args: [flag] }), EPERM, `unshare ${flag.toString(16)}`);
  }
  equal(decide(filter, { number: 16, args: [0, 0x5412] }), EPERM);
});

Deno.test("seccompFilter() opens sockets of the network, and those by path where they are wanted", () => {
  const families = [1, 2, 10, 16, 17, 38, 40];
  const opened = (unixSockets: boolean) => {
    const filter = seccompFilter("x86_64", { unixSockets })!;
    return families.filter((family) => decide(filter, { number: 41, args: [family] }) === ALLOWED);
  };
  deepEqual(opened(false), [2, 10, 16]);
  deepEqual(opened(true), [1, 2, 10, 16]);
});

Deno.test("seccompFilter() refuses calls of other architectures and conventions", () => {
  const filter = seccompFilter("x86_64", { unixSockets: true })!;
  equal(decide(filter, { number: 0, arch: 0x40000003 }), EPERM);
  equal(decide(filter, { number: 0x40000000 }), EPERM);
});

Deno.test("seccompFilter() knows both architectures that Deno runs on, and no other", () => {
  const filter = seccompFilter("aarch64", { unixSockets: false })!;
  const arch = 0xc00000b7;
  for (const number of [117, 40, 268, 219, 280]) equal(decide(filter, { number, arch }), EPERM, `${number}`);
  equal(decide(filter, { number: 63, arch }), ALLOWED);
  equal(decide(filter, { number: 198, arch, args: [1] }), EPERM);
  equal(seccompFilter("riscv64", { unixSockets: false }), undefined);
  ok(filter.length % 8 === 0);
});
