import { renameBox } from "../../../graph/boxes.ts";
import type { Box } from "../../../graph/canvas.ts";
import { Field } from "../../kit/field.tsx";
import { useApp } from "../../state/use_app.ts";

/** The name; all that refers to it follows when it is changed. */
export function Name({ box, label, name }: { readonly box: Box; readonly label: string; readonly name: string }) {
  const app = useApp();
  return (
    <Field
      label={label}
      value={name}
      isLate
      hint="Whatever refers to it follows"
      onChange={(text) => void app.act(renameBox(box, text))}
    />
  );
}
