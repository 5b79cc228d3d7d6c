/** Makes an element with a class and text or children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/** The element a page promises to hold. */
export function required<T extends Element>(root: ParentNode, selector: string, kind: new () => T): T {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page lacks ${selector}`);
  return found;
}

/** Leads the reader to a part of the page, with the keyboard too. */
export function leadTo(part: HTMLElement): void {
  part.tabIndex = -1;
  part.focus();
  part.scrollIntoView({ block: "start" });
}
