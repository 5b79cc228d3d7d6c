/** Lets files be dropped on an area as well as chosen in its input; `zone` takes what is dropped beside the area too. */
export function takeFiles(
  area: HTMLElement,
  input: HTMLInputElement,
  take: (files: readonly File[]) => void,
  zone: HTMLElement = area,
): void {
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = ""; // choosing the same file again must count as a choice
  });
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.classList.toggle("is-drop-target", event.dataTransfer?.types.includes("Files") === true);
  });
  zone.addEventListener("dragleave", (event) => {
    if (hasLeft(zone, event)) area.classList.remove("is-drop-target");
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    area.classList.remove("is-drop-target");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) take(files);
  });
  // A file dropped beside the area must not replace the page.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => event.preventDefault());
}

/** Going from one part of the zone to another is not leaving it. */
function hasLeft(zone: HTMLElement, { relatedTarget }: DragEvent): boolean {
  return !(relatedTarget instanceof Node) || !zone.contains(relatedTarget);
}
