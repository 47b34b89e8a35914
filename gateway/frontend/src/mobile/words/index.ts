export { admission } from "./admission.ts";
export { common } from "./common.ts";
export { doors } from "./doors.ts";
export { handOver } from "./hand-over.ts";
export { papers } from "./papers.ts";
export { passbook } from "./passbook.ts";
export { rowCodes } from "./row-codes.ts";
export { sheet } from "./sheet.ts";
