// What was sought and the place in the page go along, which a page that refreshes itself would lose.
"use strict";
location.replace(document.currentScript.dataset.target + location.search + location.hash);
