/**
 * Where an element is on the page, as it was when its size last changed: to ask the page while the picture is being changed makes it lay out
 * everything at once. Made before other observers, so that these are told after it has forgotten.
 */
const known = new WeakMap<Element, DOMRect>();
const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) known.delete(target);
});

export function rectOf(element: Element): DOMRect {
  const last = known.get(element);
  if (last) return last;
  const rect = element.getBoundingClientRect();
  known.set(element, rect);
  observer.observe(element);
  return rect;
}
