/**
 * The page behind a patient's link. The secret stands after the # of the address, which browsers do not send; it goes to the server
 * in the body of a form, and leaves the address bar before that.
 */
import { required } from "../ui/dom";
import { pageMessages } from "../ui/messages";

function openWithFragment(): void {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (secret === "") return;
  history.replaceState(null, "", location.pathname + location.search);
  const form = required(document, "#patient-open", HTMLFormElement);
  required(form, "input[name=secret]", HTMLInputElement).value = secret;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.textContent = pageMessages().say("patient-opening");
  form.before(status);
  form.submit();
}

addEventListener("hashchange", openWithFragment);
openWithFragment();
