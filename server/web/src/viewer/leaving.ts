/** Leaving the page loses the open nights, for nothing is kept: the browser asks before it happens. */

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
  event.returnValue = true; // what browsers before 2023 look at
}

/** Asks from now on if nights are open, and no longer if none is. */
export function askBeforeLeaving(hasNights: boolean): void {
  if (hasNights) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}
