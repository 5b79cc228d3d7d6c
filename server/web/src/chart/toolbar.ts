/** The row above the chart: movements of the window, what it shows, and the colours. */
import { element } from "../ui/dom";
import type { MessageKey, Messages } from "../ui/messages";
import type { ClockWords } from "./axes";
import { MOVES } from "./gestures";
import { LEVEL_PROFILES, type LevelProfile } from "./theme/level";
import type { TimeWindow } from "./window";

const BUTTONS: readonly (readonly [keyof typeof MOVES, string, MessageKey])[] = [
  ["left", "←", "chart-move-left"],
  ["right", "→", "chart-move-right"],
  ["in", "+", "chart-zoom-in"],
  ["out", "−", "chart-zoom-out"],
  ["whole", "⤢", "chart-whole-night"],
];

/** A shorter stretch is named to the second. */
const SECONDS_UP_TO_S = 600;

/** `choose` is told the name of the chosen colours. */
export function toolbar(
  window: TimeWindow,
  level: LevelProfile,
  clock: ClockWords,
  messages: Messages,
  choose: (name: string) => void,
): HTMLElement {
  const shown = windowText(window, clock, messages);
  return element("div", "night-toolbar", ...moveButtons(window, messages), colourChoice(level, messages, choose), shown);
}

/** What is shown, in words that follow the window. */
export function windowText(window: TimeWindow, clock: ClockWords, messages: Messages): HTMLElement {
  const shown = element("span", "night-window");
  window.follow((from, to) => {
    const say = (moment: number) => (to - from <= SECONDS_UP_TO_S ? clock.exact(moment) : clock.minute(moment));
    shown.textContent = messages.say("chart-window", { from: say(from), to: say(to) });
  });
  return shown;
}

/** The five movements as buttons. */
export function moveButtons(window: TimeWindow, messages: Messages): HTMLElement[] {
  return BUTTONS.map(([move, sign, key]) => {
    const button = element("button", "chart-button", sign);
    button.type = "button";
    button.title = messages.say(key);
    button.setAttribute("aria-label", messages.say(key));
    button.addEventListener("click", () => MOVES[move](window));
    return button;
  });
}

function colourChoice(level: LevelProfile, messages: Messages, choose: (name: string) => void): HTMLElement {
  const select = element("select", "chart-colours");
  for (const name of LEVEL_PROFILES) select.append(new Option(messages.say(`chart-colours-${name}`), name, false, name === level));
  select.addEventListener("change", () => choose(select.value));
  return element("label", "chart-choice", element("span", "", messages.say("chart-colours")), select);
}
