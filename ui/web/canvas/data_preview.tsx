import { useStore } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import { Preview } from "../panels/preview.tsx";

/** Smaller than this nothing of it could be made out. */
const LEAST_ZOOM = 0.3;

/** A look into the file of a box. It is asked for when the box first comes into view, near enough to be seen. */
export function DataPreview({ dataKey }: { readonly dataKey: string }) {
  const place = useRef<HTMLDivElement>(null);
  const isNear = useStore(({ transform: [, , zoom] }) => zoom >= LEAST_ZOOM);
  const [wasSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!isNear || wasSeen) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, [isNear, wasSeen]);
  return (
    <div className="look-into" ref={place}>
      {wasSeen && <Preview dataKey={dataKey} />}
    </div>
  );
}
