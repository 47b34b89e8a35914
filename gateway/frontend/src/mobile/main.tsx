/** Opens the app: language and session as they were left, then the screen, then what waits to be sent. */
import { render } from "preact";

import "../fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/doors.css";
import "./styles/member.css";
import "./styles/officer.css";

import { App } from "./app.tsx";
import { now } from "./state/clock.ts";
import { restoreLanguage } from "./state/language.ts";
import { followAddress } from "./state/route.ts";
import { keepSending } from "./state/sending.ts";
import { restoreSession, watchIdleness } from "./state/session.ts";
import { watchForUpdates } from "./state/update.ts";

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");

await restoreLanguage();
await restoreSession(now());
followAddress();
render(<App />, root);
watchIdleness(now);
keepSending(now);
watchForUpdates();
