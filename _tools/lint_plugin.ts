/**
 * The project's own lint rules.
 *
 * @module
 */

/** Globals through which the outside gets in; `core/` receives what it needs through ports instead. */
const OUTSIDE: ReadonlySet<string> = new Set([
  "Deno",
  "console",
  "crypto",
  "fetch",
  "globalThis",
  "localStorage",
  "performance",
  "process",
  "setInterval",
  "setTimeout",
  "Worker",
]);

/** Members that read the clock or throw dice. */
const IMPURE_MEMBERS: ReadonlySet<string> = new Set(["Date.now", "Math.random"]);

/** Whether purity is asked of the file: everything in `core/` but its tests. */
export function mustBePure(filename: string): boolean {
  return /(^|[/\\])core[/\\]/.test(filename) && !filename.endsWith("_test.ts");
}

/** `core/` knows no platform, no clock, no randomness and no console. */
const purity: Deno.lint.Rule = {
  create(context) {
    if (!mustBePure(context.filename)) return {};
    const refuse = (node: Deno.lint.Node, what: string) =>
      context.report({ node, message: `core/ must not use ${what}`, hint: "Take it from a port of the Context." });
    return {
      Identifier(node) {
        if (OUTSIDE.has(node.name) && isGlobal(node, context.sourceCode.getAncestors(node))) refuse(node, node.name);
      },
      MemberExpression(node) {
        const name = context.sourceCode.getText(node);
        if (IMPURE_MEMBERS.has(name)) refuse(node, name);
      },
      NewExpression(node) {
        const isDate = node.callee.type === "Identifier" && node.callee.name === "Date";
        if (isDate && node.arguments.length === 0) refuse(node, "the current time");
      },
    };
  },
};

/** Whether the name stands for the global: not a property's name, nor a key of a type or an object. */
function isGlobal(node: Deno.lint.Node, ancestors: readonly Deno.lint.Node[]): boolean {
  const parent = ancestors.at(-1);
  if (parent?.type === "MemberExpression") return parent.object.range[0] === node.range[0];
  return parent?.type === "CallExpression" || parent?.type === "NewExpression" ||
    parent?.type === "VariableDeclarator" && parent.id.range[0] !== node.range[0];
}

/** Files that may load what only a run can name: the start, which must not read what it may not need, and plugins. */
const MAY_COMPUTE_IMPORTS = /(^|[/\\])((main|plugins[/\\]load|[^/\\]*_test)\.ts|runtime[/\\]inside[/\\]\w+\.js)$/;

/** Deno does not read at the start what stands in a condition; bundlers follow both. */
function isChoice(node: Deno.lint.Expression): boolean {
  return node.type === "ConditionalExpression" && node.consequent.type === "Literal" &&
    node.alternate.type === "Literal";
}

/** A computed import is seen neither by the test of the layers nor, mostly, by the bundler. */
const literalImports: Deno.lint.Rule = {
  create(context) {
    if (MAY_COMPUTE_IMPORTS.test(context.filename)) return {};
    return {
      ImportExpression(node) {
        if (node.source.type === "Literal" || isChoice(node.source)) return;
        context.report({ node, message: "import() takes a text here, or one of two, nothing computed" });
      },
    };
  },
};

/** Under Deno these names of `node:assert/strict` compare with `==`: a test with them can pass that should not. */
const LOOSE: ReadonlySet<string> = new Set(["equal", "deepEqual", "notEqual", "notDeepEqual"]);

const strictAssertions: Deno.lint.Rule = {
  create(context) {
    return {
      ImportSpecifier(node) {
        const name = node.imported.type === "Identifier" ? node.imported.name : node.imported.value;
        const source = context.sourceCode.getAncestors(node).at(-1);
        if (source?.type !== "ImportDeclaration" || !/^node:assert(\/strict)?$/.test(source.source.value)) return;
        if (!LOOSE.has(name)) return;
        const strict = name.replace(/^(not)?(deep)?equal$/i, (it) => it.replace(/Equal|equal/, "StrictEqual"));
        const hint = `Import ${strict[0].toLowerCase()}${strict.slice(1)} as ${name}.`;
        context.report({ node, message: `${name} compares loosely here`, hint });
      },
    };
  },
};

const plugin: Deno.lint.Plugin = {
  name: "loom",
  rules: { "pure-core": purity, "literal-import": literalImports, "strict-assert": strictAssertions },
};

export default plugin;
