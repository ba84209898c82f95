import type { ReactNode } from "react";
import { Section } from "../kit/field.tsx";
import { useSettings } from "../state/use_sides.ts";
import { Add } from "./sidebar/add.tsx";
import { Folders } from "./sidebar/folders.tsx";
import { Parameters } from "./sidebar/parameters.tsx";
import { Pipelines, RefreshPipelines } from "./sidebar/pipelines.tsx";
import { FindButton, Steps } from "./sidebar/steps.tsx";
import "./sidebar.css";

/** The panel on the left: what can be opened, what is there, and what can be added. */
export function Sidebar({ width }: { readonly width: number }) {
  return (
    <nav className="side sidebar" aria-label="Pipelines and steps" style={{ width }}>
      <div className="scroll">
        <Part name="Pipelines" tools={<RefreshPipelines />}>
          <Pipelines />
        </Part>
        <Part name="Steps" tools={<FindButton />}>
          <Steps />
        </Part>
        <Part name="Add">
          <Add />
        </Part>
        <Part name="Parameters">
          <Parameters />
        </Part>
        <Part name="Files in folders">
          <Folders />
        </Part>
      </div>
    </nav>
  );
}

/** A part that stays closed once it is closed. */
function Part({ name, tools, children }: {
  readonly name: string;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}) {
  const [{ closed }, settings] = useSettings();
  const toggle = (isOpen: boolean) =>
    settings.change({ closed: isOpen ? closed.filter((other) => other !== name) : [...closed, name] });
  return (
    <Section title={name} isOpen={!closed.includes(name)} onToggle={toggle} tools={tools}>
      {children}
    </Section>
  );
}
