import { useState } from "react";

/** Two images, one over the other: a slider says how much is seen of which. */
export function ImageSlider({ before, after }: { readonly before: string; readonly after: string }) {
  const [share, setShare] = useState(50);
  return (
    <div className="image-slider">
      <div className="pictures">
        <img src={after} alt="After" />
        <img src={before} alt="Before" style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }} />
        <span className="edge" style={{ left: `${share}%` }} />
      </div>
      <label>
        Before{" "}
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label="How much is seen of the image before"
          onChange={(event) => setShare(Number(event.currentTarget.value))}
        />{" "}
        After
      </label>
    </div>
  );
}
