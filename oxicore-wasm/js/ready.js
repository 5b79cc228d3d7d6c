/** Says what is wrong where the package is used before it is ready, or a night after it was freed. */

let isReady = false;

/** From now on calls reach the module. */
export function ready() {
  isReady = true;
}

export function mustBeReady() {
  if (!isReady) throw new Error("oxicore is not ready: `await init()` once before anything else");
}

/** A function that refuses to be called too early. */
export const whenReady = (call) =>
  function checked(...args) {
    mustBeReady();
    return call.apply(this, args);
  };

/** A class whose methods and getters refuse a night that is no more, and that bears being freed twice. */
export function guarded(Class) {
  const mustBeThere = (night) => {
    if (!night.__wbg_ptr) throw new Error(`this ${Class.name} was freed or ended: what it gave stays valid, it gives nothing more`);
  };
  const whileThere = (call) =>
    function checked(...args) {
      [this, ...args.filter((arg) => arg instanceof Class)].forEach(mustBeThere);
      return call.apply(this, args);
    };
  const { constructor, free, ...members } = Object.getOwnPropertyDescriptors(Class.prototype);
  for (const [name, { value, get }] of Object.entries(members).filter(([name]) => !name.startsWith("__"))) {
    Object.defineProperty(Class.prototype, name, get ? { get: whileThere(get) } : { value: whileThere(value) });
  }
  Class.prototype.free = function freeOnce() {
    if (this.__wbg_ptr) free.value.call(this);
  };
  if (Symbol.dispose) Class.prototype[Symbol.dispose] = Class.prototype.free;
  return Class;
}
