/** Paper gets the picture as it stands in the window when the page is printed. */
import { element } from "../dom";

/** Puts what `make` gives into `host` for as long as the page is laid out for paper. */
export function printPicture(host: HTMLElement, make: () => SVGElement): void {
  const paper = matchMedia("print");
  const frame = element("div", "print-picture");
  const fill = () => {
    if (!host.isConnected) return;
    if (paper.matches) frame.replaceChildren(make());
    else frame.replaceChildren();
  };
  host.append(frame);
  paper.addEventListener("change", fill);
  addEventListener("beforeprint", () => host.isConnected && frame.replaceChildren(make()));
  addEventListener("afterprint", () => frame.replaceChildren());
}
