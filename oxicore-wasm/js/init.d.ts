
/** Where the module comes from. */
export interface InitOptions {
  /** Its address or its content; without it `oxicore_bg.wasm` beside the script. */
  readonly module_or_path?: string | URL | Request | Response | BufferSource | WebAssembly.Module | Promise<Response | BufferSource | WebAssembly.Module>;
}

/**
 * Makes the package ready; call it once before anything else. Again, or where the module is part of the script (Node.js, Deno, Bun,
 * `oxicore/inline`), it does nothing more, so that one program runs everywhere.
 */
export default function init(options?: InitOptions | null): Promise<void>;

/** The same at once, for a module that is there already. */
export function initSync(options: { readonly module: BufferSource | WebAssembly.Module }): void;
