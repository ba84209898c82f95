import { type ConfigOutside, loadConfig } from "../../config/mod.ts";

/**
 * The Python that a file of settings names, as it is named there; paths are absolute.
 *
 * @throws {LoomError} `config-invalid` if the settings cannot be used.
 */
export async function pythonSetting(outside: ConfigOutside): Promise<string | undefined> {
  const { settings } = await loadConfig(outside);
  const { value, origin } = settings.find(({ key }) => key === "python")!;
  return origin.kind === "file" && typeof value === "string" ? value : undefined;
}
