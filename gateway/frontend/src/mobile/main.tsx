import { render } from "preact";

import "../fonts.css";

render(<main>ই-পাশবই</main>, document.body);
