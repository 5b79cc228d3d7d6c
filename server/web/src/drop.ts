/** Lets files be dropped on an area as well as chosen in its input. */
export function takeFiles(area: HTMLElement, input: HTMLInputElement, take: (files: readonly File[]) => void): void {
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = ""; // choosing the same file again must count as a choice
  });
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.classList.add("is-drop-target");
  });
  area.addEventListener("dragleave", () => area.classList.remove("is-drop-target"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    area.classList.remove("is-drop-target");
    take([...(event.dataTransfer?.files ?? [])]);
  });
  // A file dropped beside the area must not replace the page.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => event.preventDefault());
}
