// What every page gets: the theme, htmx, and small manners. Nothing here is needed to use a page.
import "../theme/tabler.scss";
import "../theme/index.css";
import "htmx.org";
import { closeMenus, focusMessages, focusSearch, guardSubmits, printOnAsk } from "./manners";
import { keepReading } from "./reading";

closeMenus();
focusMessages();
focusSearch();
guardSubmits();
keepReading();
printOnAsk();
