import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@fontsource-variable/bricolage-grotesque/index.css";
import "./styles.css";

import { beginToSpeak } from "@/lib/language";

// Screens and their texts are loaded once the language is known; the build tells the browser to fetch them meanwhile.
void beginToSpeak().then(() => import("./start"));
