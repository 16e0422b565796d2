/** Where a popover stands: beside its badge, inside the view, never over the badge. All in CSS pixels. */
export function placePopover(
  size: { readonly w: number; readonly h: number },
  badge: { readonly x: number; readonly y: number; readonly w: number; readonly h: number },
  view: { readonly w: number; readonly h: number },
): { readonly x: number; readonly y: number } {
  const gap = 6;
  const x = Math.max(gap, Math.min(badge.x + badge.w - size.w * 0.4, view.w - size.w - gap));
  const below = badge.y + badge.h + gap;
  if (below + size.h <= view.h - gap) return { x, y: below };
  const above = badge.y - size.h - gap;
  if (above >= gap) return { x, y: above };
  // Neither fits: beside the badge, as high as it must.
  const y = Math.max(gap, Math.min(below, view.h - size.h - gap));
  const right = badge.x + badge.w + gap;
  return right + size.w <= view.w - gap ? { x: right, y } : { x: Math.max(gap, badge.x - size.w - gap), y };
}
