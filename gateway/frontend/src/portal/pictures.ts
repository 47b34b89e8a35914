/**
 * A camera's picture is made smaller before it is sent: lines are slow, and the server redraws it anyway. What the
 * browser cannot draw goes as it is, and the server says by name what is wrong with it.
 */
const LONGEST_SIDE = 1600;
const SMALL_ENOUGH = 400_000;
const QUALITY = 0.85;

/** The sides of a picture that fits, in whole points. */
export function fitted(width: number, height: number): [number, number] {
  const shrink = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return [Math.max(1, Math.round(width * shrink)), Math.max(1, Math.round(height * shrink))];
}

async function smaller(picture: File): Promise<File> {
  const points = await createImageBitmap(picture);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = fitted(points.width, points.height);
  canvas.getContext("2d")?.drawImage(points, 0, 0, canvas.width, canvas.height);
  points.close();
  const made = await new Promise<Blob | null>((done) => {
    canvas.toBlob(done, "image/jpeg", QUALITY);
  });
  return made === null ? picture : new File([made], "picture.jpg", { type: "image/jpeg" });
}

/** Puts a smaller picture into a field, unless another one was chosen meanwhile. */
export async function shrink(field: HTMLInputElement, redraw = smaller): Promise<void> {
  const picture = field.files?.[0];
  if (picture === undefined || picture.size <= SMALL_ENOUGH) return;
  try {
    const made = await redraw(picture);
    if (field.files?.[0] !== picture) return;
    const held = new DataTransfer();
    held.items.add(made);
    field.files = held.files;
  } catch {
    return;
  }
}

export function watchPictures(page: Document): void {
  for (const field of page.querySelectorAll<HTMLInputElement>('input[type="file"][accept^="image/"]')) {
    field.addEventListener("change", () => {
      void shrink(field);
    });
  }
}
