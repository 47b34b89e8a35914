/**
 * The six digits that an officer writes beside the total on the signed paper sheet (rule P9): should the
 * phone be lost, they tell whether what reached the office is what was written in the samity.
 */
export async function checkCode(body: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
  const number = new DataView(digest).getUint32(0) % 1_000_000;
  return String(number).padStart(6, "0").replace(/(\d{3})(\d{3})/, "$1 $2");
}
