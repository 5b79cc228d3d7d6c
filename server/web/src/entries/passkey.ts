/**
 * The form `#passkey`: asks the platform for a challenge, the device for its answer, and sends that with the form. Without this script
 * the form stays hidden, and codes do.
 */
import { required } from "../ui/dom";

type Fields = { readonly [name: string]: unknown };

function bytes(text: unknown): Uint8Array<ArrayBuffer> {
  const plain = atob(String(text).replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The platform's options as the browser takes them: what is bytes stands as base64url in JSON. */
function decoded(options: Fields): Fields {
  const named = (list: unknown) => (Array.isArray(list) ? list : []).map((key: Fields) => ({ ...key, id: bytes(key.id) }));
  const user = options.user as Fields | undefined;
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(user === undefined ? {} : { user: { ...user, id: bytes(user.id) }, excludeCredentials: named(options.excludeCredentials) }),
    ...(user === undefined ? { allowCredentials: named(options.allowCredentials) } : {}),
  };
}

function encoded(credential: PublicKeyCredential): string {
  const { response } = credential;
  const clientDataJSON = text(response.clientDataJSON);
  const answer =
    response instanceof AuthenticatorAttestationResponse
      ? { clientDataJSON, attestationObject: text(response.attestationObject) }
      : signed(response as AuthenticatorAssertionResponse, clientDataJSON);
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: answer });
}

function signed(response: AuthenticatorAssertionResponse, clientDataJSON: string): Fields {
  const { authenticatorData, signature, userHandle } = response;
  return {
    clientDataJSON,
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle === null ? null : text(userHandle),
  };
}

/** What the device says; null when somebody must show once more who they are, or the device gives none. */
async function answerOf(form: HTMLFormElement, token: string): Promise<string> {
  const headers = { accept: "application/json", "x-csrf-token": token };
  const asked = await fetch(form.dataset.challenge ?? "", { method: "POST", headers });
  if (asked.status === 401) {
    const next = form.dataset.kind === "create" ? "/account/confirm?next=" + encodeURIComponent(location.pathname) : "/login?over=1";
    location.assign(next);
    throw new Error("asked once more");
  }
  if (!asked.ok) throw new Error(`the platform answers ${asked.status}`);
  const { publicKey } = (await asked.json()) as { publicKey: Fields };
  const options = { publicKey: decoded(publicKey) };
  const made =
    form.dataset.kind === "create"
      ? await navigator.credentials.create(options as unknown as CredentialCreationOptions)
      : await navigator.credentials.get(options as unknown as CredentialRequestOptions);
  if (!(made instanceof PublicKeyCredential)) throw new Error("the device gives no key");
  return encoded(made);
}

function enhance(form: HTMLFormElement): void {
  const field = required(form, "input[name=passkey]", HTMLInputElement);
  const failure = required(form, "[data-failure]", HTMLElement);
  const token = required(form, "input[name=csrf]", HTMLInputElement).value;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (field.value !== "") return;
    event.preventDefault();
    failure.hidden = true;
    answerOf(form, token).then(
      (answer) => {
        field.value = answer;
        form.submit();
      },
      () => {
        failure.hidden = false;
      },
    );
  });
}

const form = document.getElementById("passkey");
if (form instanceof HTMLFormElement && "PublicKeyCredential" in window) enhance(form);
