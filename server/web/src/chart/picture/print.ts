/** Paper gets the picture as it stands in the window when the page is printed. */
import { element } from "../../ui/dom";

/** Whether the page is being laid out for paper; listens before all others, who may draw because of it. */
let isPrinting = false;
addEventListener("beforeprint", () => (isPrinting = true));
addEventListener("afterprint", () => (isPrinting = false));

/** Puts what `make` gives into `host` for as long as the page is laid out for paper; returns what ends that. */
export function printPicture(host: HTMLElement, make: () => SVGElement): () => void {
  const paper = matchMedia("print");
  const frame = element("div", "print-picture");
  const ended = new AbortController();
  const { signal } = ended;
  const fill = () => frame.replaceChildren(make());
  const empty = () => frame.replaceChildren();
  host.append(frame);
  if (isPrinting || paper.matches) fill();
  paper.addEventListener("change", () => (paper.matches ? fill() : empty()), { signal });
  addEventListener("beforeprint", fill, { signal });
  addEventListener("afterprint", empty, { signal });
  return () => ended.abort();
}
