// htmx writes down the address of each page for a history that we do not use: it goes again at once.
sessionStorage.removeItem("htmx-current-path-for-history");
