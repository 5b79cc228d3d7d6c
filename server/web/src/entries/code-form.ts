/**
 * The pages behind a one-time link for a doctor: first log-in and new password. The code stands after the # of the address, which
 * browsers do not send; it goes into the form and out of the address bar.
 */
import { required } from "../ui/dom";

function takeFragment(): void {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code === "") return;
  history.replaceState(null, "", location.pathname + location.search);
  required(document, "#code-form input[name=code]", HTMLInputElement).value = code;
}

addEventListener("hashchange", takeFragment);
takeFragment();
