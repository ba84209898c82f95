/** Files of a port's beginning: the plugin and its test. */
export interface PortFiles {
  readonly plugin: string;
  readonly test: string;
}
