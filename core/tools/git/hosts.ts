/**
 * The machines that a repository's remotes are on.
 *
 * @module
 */

/** Hosts of all `https` and `http` addresses in a repository's `config` and among the words of a command. */
export function remoteHosts(config: string, args: readonly string[]): readonly string[] {
  const inConfig = [...config.matchAll(/^[ \t]*(?:push)?url[ \t]*=[ \t]*"?([^"\s#;]+)/gim)].map(([, url]) => url);
  return [...new Set([...inConfig, ...args].flatMap(hostOf))].sort();
}

function hostOf(address: string): readonly string[] {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return [];
  const { protocol, hostname, port } = new URL(address);
  return [`${hostname}:${port || (protocol === "https:" ? "443" : "80")}`];
}
