/** The same night by other definitions: a choice, the two indices by it, and the table of all of them. */
import { percentOf, type Depth, type Index, type Night } from "../core/night";
import { element } from "../ui/dom";
import { print } from "../ui/format";
import type { MessageKey, Messages } from "../ui/messages";

/** Every profile with an index at both depths can be chosen. */
type Profile = Exclude<Index["profile"], "aasm-nested">;
const isChoice = (index: Index): index is Index & { readonly profile: Profile } => percentOf(index) === 3;

const DENOMINATORS: Readonly<Record<string, MessageKey>> = {
  "valid-spo2": "denominator-valid-spo2",
  recording: "denominator-recording",
  device: "denominator-device",
};

/** Chooses the definition of the two indices above the chart, and how deep a desaturation must be to be shaded. */
export class DefinitionChoice {
  readonly element: HTMLElement;
  readonly #night: Night;
  readonly #messages: Messages;
  readonly #figures = element("div", "definition-figures");
  readonly #words = element("p", "definition hint");
  /** On paper, where there is nothing to choose, the figures still say by which definition they are. */
  readonly #name = element("p", "definition-name print-only");

  /** `showDepth` hears from which depth desaturations are to be shown. */
  constructor(night: Night, messages: Messages, showDepth: (depth: Depth) => void) {
    this.#night = night;
    this.#messages = messages;
    const profiles = night.indices.filter(isChoice).map(({ profile: name }) => [name, messages.say(`profile-${name}`)] as const);
    const profile = choice(messages.say("profile-choice"), profiles);
    profile.select.classList.add("profile-choice");
    profile.select.addEventListener("change", () => this.#show(profile.select.value as Profile));
    const depths = [3, 4].map((value) => [String(value), messages.say("profile-depth-from", { value })] as const);
    const depth = choice(messages.say("profile-depth"), depths);
    depth.select.classList.add("depth-choice");
    depth.select.addEventListener("change", () => showDepth(depth.select.value === "4" ? 4 : 3));
    const choices = element("div", "definition-choices", profile.label, depth.label);
    this.#figures.setAttribute("aria-live", "polite");
    this.element = element("section", "panel definition-choice", choices, this.#name, this.#figures, this.#words);
    this.element.setAttribute("aria-label", messages.say("profile-choice"));
    this.#show("aasm");
  }

  #show(profile: Profile): void {
    const messages = this.#messages;
    const found = this.#night.indices.filter((index) => index.profile === profile);
    this.#name.textContent = `${messages.say("profile-choice")}: ${messages.say(`profile-${profile}`)}`;
    this.#figures.replaceChildren(...found.map((index) => this.#figure(index)));
    const note = profile === "aasm" ? "" : ` ${messages.say("profile-shading-note")}`;
    this.#words.textContent = `${messages.say(`profile-${profile}-definition`)}${note}`;
  }

  #figure(index: Index): HTMLElement {
    const messages = this.#messages;
    const { count, seconds } = index;
    const threshold = percentOf(index);
    const value = element("strong", "figure-value", perHour(index, messages));
    value.dataset["figure"] = `odi${threshold}`;
    const denominator = messages.say(DENOMINATORS[index.denominator] ?? "denominator-recording");
    const said = messages.say("profile-count", { count, duration: shortHours(seconds), denominator });
    const name = element("span", "figure-name", messages.say("profile-odi", { value: threshold }));
    return element("div", "figure", name, value, element("span", "hint", said));
  }
}

function choice(words: string, options: readonly (readonly [string, string])[]): { label: HTMLElement; select: HTMLSelectElement } {
  const select = element("select", "");
  for (const [value, text] of options) select.append(new Option(text, value));
  return { select, label: element("label", "chart-choice", element("span", "", words), select) };
}

function perHour({ per_h: value, interval_too_coarse: isTooCoarse }: Index, messages: Messages): string {
  if (value !== null) return print(value, "fixed1", messages.lang);
  return `— ${messages.say(isTooCoarse ? "profile-too-coarse" : "profile-too-short")}`;
}

const shortHours = (seconds: number): string => print(seconds, "duration", "en");

/** Writes every index into the rows of the table of definitions (`data-index="aasm-3"`). */
export function fillIndices(root: ParentNode, night: Night, messages: Messages): void {
  for (const row of root.querySelectorAll<HTMLElement>("tr[data-index]")) {
    const index = night.indices.find((one) => row.dataset["index"] === `${one.profile}-${percentOf(one)}`);
    if (index === undefined) continue;
    const texts: Readonly<Record<string, string>> = {
      per_h: perHour(index, messages),
      count: String(index.count),
      seconds: shortHours(index.seconds),
    };
    for (const cell of row.querySelectorAll<HTMLElement>("[data-part]")) cell.textContent = texts[cell.dataset["part"] ?? ""] ?? "";
  }
}
