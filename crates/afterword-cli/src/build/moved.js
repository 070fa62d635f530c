// From the old address of a page to its new one.
location.replace(document.links[0].href + location.hash);
