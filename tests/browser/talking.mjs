// A small blog whose comments are taken by a real Isso, on another port of the same host: another origin for the
// browser, so CORS, cookies and the policy are what they are for owners.

import { Isso, Visitor } from "../servers/isso.mjs";
import { written } from "./content.mjs";
import { Site } from "./site.mjs";

/** The post that all of this is about. */
export const POST = "/posts/talk/";

/**
 * A blog with these comments in files, and its server; `options` are those of Isso, and `running: false` leaves it to the
 * test to start it. What it gives has `writes(text, order)`: somebody else writes a comment.
 */
export async function talking(t, comments, { running = true, ...options } = {}) {
  const isso = await Isso.reserve(t);
  const back = { kind: "isso", endpoint: isso.endpoint };
  const folder = await written(t, { talk: comments, other: [] }, { site: { comments: back } });
  const site = await Site.serve(t, folder);
  site.isso = isso;
  site.begin = () => isso.start({ hosts: [site.origin], ...options });
  if (running) await site.begin();
  let people = 0;
  site.visitor = () => {
    people += 1;
    return new Visitor(t, { endpoint: isso.endpoint, origin: site.origin, address: `10.2.${people}.1` });
  };
  site.writes = (text, order) => site.visitor().writes(text, order);
  return site;
}
