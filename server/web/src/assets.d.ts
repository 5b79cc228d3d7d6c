/** The bundler copies the module beside the scripts and gives its address. */
declare module "oxicore/oxicore_bg.wasm" {
  const url: string;
  export default url;
}
