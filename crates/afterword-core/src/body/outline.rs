//! The headings of a post, each with a place that a link can lead to.

use super::attributes::ID_PREFIX;
use super::tag::{Attr, Tag};
use super::tree::{Body, Node};
use crate::words::slug_of_words;
use std::collections::HashSet;

/// Most headings that are listed. A table of contents longer than this is no help, and each id is looked up.
const HEADINGS_MAX: usize = 200;

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 for a part, 3 for a part of a part.
    pub level: u8,
    /// The id of its element.
    pub id: String,
    /// Its words, plain.
    pub text: String,
}

/// The `h2` and `h3` of a body in reading order. Those without an id get one, made from their words: the same for the
/// same body. Headings without words are passed over.
pub fn outline(body: &mut Body) -> Vec<Heading> {
    let id_of = |node: &Node| match node {
        Node::Element(element) => element.attr(Attr::Id).map(str::to_owned),
        Node::Text(_) => None,
    };
    let mut taken: HashSet<String> = body.nodes.iter().filter_map(id_of).collect();
    let mut headings = Vec::new();
    for at in 0..body.nodes.len() {
        let Some((level, end)) = heading_at(body, at) else { continue };
        let text = text_of(body.nodes.get(at + 1..end).unwrap_or_default());
        if text.is_empty() || headings.len() == HEADINGS_MAX {
            continue;
        }
        let Some(Node::Element(element)) = body.nodes.get_mut(at) else { continue };
        let id = match element.attr(Attr::Id) {
            Some(id) => id.to_owned(),
            None => {
                let id = free_id(&text, &taken);
                taken.insert(id.clone());
                element.attrs.push((Attr::Id, id.clone()));
                id
            }
        };
        headings.push(Heading { level, id, text });
    }
    headings
}

fn heading_at(body: &Body, at: usize) -> Option<(u8, usize)> {
    let Some(Node::Element(element)) = body.nodes.get(at) else { return None };
    let level = match element.tag {
        Tag::H2 => 2,
        Tag::H3 => 3,
        _ => return None,
    };
    Some((level, element.end as usize))
}

fn text_of(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        if let Node::Text(part) = node {
            text.push_str(part);
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn free_id(text: &str, taken: &HashSet<String>) -> String {
    let stem = format!("{ID_PREFIX}{}", slug_of_words(text).unwrap_or_else(|| "part".to_owned()));
    let mut id = stem.clone();
    let mut count = 1_u32;
    while taken.contains(&id) {
        count += 1;
        id = format!("{stem}-{count}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::super::{Policy, RawBody, RawHtml, sanitize};
    use super::*;

    fn check(html: &str, expected: &[(u8, &str, &str)]) -> String {
        let mut body = sanitize(&RawBody::Html(RawHtml::new(html)), &Policy::post());
        let headings = outline(&mut body);
        let found: Vec<_> = headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
        assert_eq!(found, expected, "{html}");
        body.to_html()
    }

    #[test]
    fn headings_get_places() {
        let html = check(
            "<h2>First <em>things</em></h2><p>x<h3 id=own>Own</h3><h4>no</h4><h2></h2><h2>First things</h2>",
            &[
                (2, "post-first-things", "First things"),
                (3, "post-own", "Own"),
                (2, "post-first-things-2", "First things"),
            ],
        );
        assert!(html.starts_with("<h2 id=\"post-first-things\">"), "{html}");
    }

    #[test]
    fn letters_of_all_scripts_stay_and_signs_alone_become_a_word() {
        check("<h2>道具 の 話</h2><h2>!?</h2>", &[(2, "post-道具-の-話", "道具 の 話"), (2, "post-part", "!?")]);
    }
}
