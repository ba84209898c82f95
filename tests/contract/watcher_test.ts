import { rejects, strictEqual as equal } from "node:assert/strict";
import type { Watcher } from "../../core/ports/watch.ts";
import { hostWatcher } from "../../plugins/host/files/watcher.ts";
import { fakeWatcher } from "../support/fake_watcher.ts";
import { temporaryFolder } from "./temporary.ts";

/** A watcher, and how something is made to happen in a folder. */
interface Watched {
  readonly watcher: Watcher;
  readonly change: (path: string) => void;
}

const WATCHERS: Readonly<Record<string, () => Watched>> = {
  fakeWatcher: () => {
    const watcher = fakeWatcher();
    return { watcher, change: () => watcher.stir() };
  },
  hostWatcher: () => ({ watcher: hostWatcher, change: (path) => Deno.writeTextFileSync(path, "x") }),
};

for (const [name, make] of Object.entries(WATCHERS)) {
  Deno.test(`${name} hears of what happens, also before it is asked`, async () => {
    using folder = temporaryFolder();
    const { watcher, change } = make();
    Deno.mkdirSync(`${folder.path}/deep`);
    const folders = [{ path: folder.path, isDeep: false }, { path: `${folder.path}/deep`, isDeep: true }];
    const listening = watcher.listen(folders);
    const { signal } = new AbortController();
    change(`${folder.path}/a`);
    await listening.next(signal);
    listening.close();
    const again = watcher.listen(folders);
    const heard = again.next(signal);
    change(`${folder.path}/deep/b`);
    await heard;
    again.close();
  });

  Deno.test(`${name} stops waiting when it is called off`, async () => {
    using folder = temporaryFolder();
    const { watcher } = make();
    const listening = watcher.listen([{ path: folder.path, isDeep: false }]);
    const over = new AbortController();
    const heard = listening.next(over.signal);
    over.abort(new Error("over"));
    await rejects(heard, { message: "over" });
    listening.close();
  });
}

Deno.test("hostWatcher says that it cannot listen where nothing is", () => {
  let code = "";
  try {
    hostWatcher.listen([{ path: "/there/is/no/such/folder", isDeep: true }]);
  } catch (error) {
    code = (error as { code: string }).code;
  }
  equal(code, "cannot-watch");
});
