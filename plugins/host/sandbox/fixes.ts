/** What is known of a machine on which a sandbox could not be made. */
export interface SandboxFacts {
  /** What bubblewrap wrote. */
  readonly said: string;
  /** Settings of the kernel by name, such as `kernel.unprivileged_userns_clone`. Absent: there is none. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly inContainer: boolean;
  /** How this system installs programs: `apt-get`, `dnf`. */
  readonly installer?: string;
}

/** Settings that keep users from making namespaces, and how each is changed. */
export const SETTINGS: Readonly<Record<string, { readonly when: string; readonly fix: string }>> = {
  "kernel.unprivileged_userns_clone": { when: "0", fix: "sudo sysctl -w kernel.unprivileged_userns_clone=1" },
  "user.max_user_namespaces": { when: "0", fix: "sudo sysctl -w user.max_user_namespaces=15000" },
  "kernel.apparmor_restrict_unprivileged_userns": {
    when: "1",
    fix: "sudo apt-get install apparmor-profiles && " +
      "sudo cp /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/ && " +
      "sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict",
  },
};

const INSTALL: Readonly<Record<string, string>> = {
  "apt-get": "sudo apt-get install bubblewrap",
  dnf: "sudo dnf install bubblewrap",
  pacman: "sudo pacman -S bubblewrap",
  zypper: "sudo zypper install bubblewrap",
  apk: "sudo apk add bubblewrap",
};

/** Programs that install others, in the order they are looked for. */
export const INSTALLERS: readonly string[] = Object.keys(INSTALL);

/** How bubblewrap is brought onto this machine. */
export function installFix({ installer }: Pick<SandboxFacts, "installer">): string {
  return INSTALL[installer ?? ""] ?? "install bubblewrap with the package manager of this system";
}

/** What to do so that bubblewrap, which is there, can work. */
export function workFix({ said, settings, inContainer }: SandboxFacts): string {
  const found = Object.entries(SETTINGS).find(([name, { when }]) => settings[name] === when);
  if (found !== undefined) return found[1].fix;
  if (inContainer) {
    return "start the container with --security-opt seccomp=unconfined --security-opt apparmor=unconfined " +
      "--security-opt systempaths=unconfined";
  }
  if (/unknown option/i.test(said)) return "install bubblewrap 0.6 or later";
  return "find out what keeps 'bwrap --unshare-all --ro-bind / / true' from working";
}
