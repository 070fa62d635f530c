//! A strict reader of Atom: everything that RFC 4287 and RFC 4685 demand and we use, and nothing else.

use afterword_core::time::Timestamp;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::collections::{BTreeMap, BTreeSet};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const THREAD: &str = "http://purl.org/syndication/thread/1.0";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// An element; names of our two namespaces are `name` and `thr:name`.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all(&self, name: &str) -> std::vec::IntoIter<&Element> {
        let found: Vec<_> = self.children.iter().filter(|child| child.name == name).collect();
        found.into_iter()
    }

    fn one(&self, name: &str) -> &Element {
        let found: Vec<_> = self.all(name).collect();
        assert_eq!(found.len(), 1, "one {name} in {}", self.name);
        found[0]
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }
}

/// Checks a feed; gives the ids of its entries. Whoever calls knows whether the site has an address.
pub(crate) fn check_atom(text: &str) -> Vec<String> {
    let feed = read(text);
    assert_eq!(feed.name, "feed");
    check_children(&feed, &["id", "title", "updated"], &["subtitle", "generator"], &["link", "author", "entry"]);
    check_common(&feed);
    let selves = feed.all("link").filter(|link| link.attribute("rel") == "self").count();
    assert_eq!(selves, 1, "a feed names itself");
    let mut ids = BTreeSet::new();
    for entry in feed.all("entry") {
        let lists = ["link", "author", "category", "thr:in-reply-to"];
        check_children(entry, &["id", "title", "updated"], &["published", "summary", "content", "thr:total"], &lists);
        check_common(entry);
        assert!(feed.all("author").chain(entry.all("author")).next().is_some(), "who wrote it?");
        let has_alternate = entry.all("link").any(|link| link.attribute("rel") == "alternate");
        assert!(has_alternate || entry.all("content").next().is_some());
        assert!(ids.insert(entry.one("id").text.clone()), "an id comes twice: {}", entry.one("id").text);
        for answer in entry.all("thr:in-reply-to") {
            check_attributes(answer, &["ref"], &["href", "type", "source"]);
            check_iri(answer.attribute("ref"));
        }
        for total in entry.all("thr:total") {
            total.text.parse::<u32>().unwrap();
        }
        for category in entry.all("category") {
            check_attributes(category, &["term"], &["scheme", "label"]);
        }
        for content in entry.all("content") {
            check_content(content);
        }
    }
    feed.all("entry").map(|entry| entry.one("id").text.clone()).collect()
}

/// What feeds and entries have in common.
fn check_common(element: &Element) {
    check_iri(&element.one("id").text);
    for date in element.all("updated").chain(element.all("published")) {
        let text = &date.text;
        assert!(Timestamp::parse_rfc3339(text).is_some() && text.len() == 20 && text.ends_with('Z'), "{text}");
    }
    let mut alternates = BTreeSet::new();
    for link in element.all("link") {
        check_attributes(link, &["rel", "href"], &["type", "title", "hreflang", "thr:count", "thr:updated"]);
        check_iri(link.attribute("href"));
        let is_replies = link.attribute("rel") == "replies";
        assert!(["self", "alternate", "replies"].contains(&link.attribute("rel")));
        if let Some(count) = link.attributes.get("thr:count") {
            count.parse::<u32>().unwrap();
            assert!(is_replies, "only answers are counted");
        }
        if let Some(updated) = link.attributes.get("thr:updated") {
            assert!(Timestamp::parse_rfc3339(updated).is_some(), "{updated}");
        }
        if link.attribute("rel") == "alternate" {
            let kind = (link.attributes.get("type").cloned(), link.attributes.get("hreflang").cloned());
            assert!(alternates.insert(kind), "two alternates of a kind");
        }
    }
    for author in element.all("author") {
        check_children(author, &["name"], &["uri"], &[]);
        assert!(!author.one("name").text.trim().is_empty());
        author.all("uri").for_each(|uri| check_iri(&uri.text));
    }
}

/// Escaped HTML in which every link says where it leads, and nothing runs.
fn check_content(content: &Element) {
    check_attributes(content, &["type"], &["xml:base", "xml:lang"]);
    assert_eq!(content.attribute("type"), "html");
    let html = content.text.to_ascii_lowercase();
    for bad in ["<script", "<iframe", "<style", "<object", " onerror=", " onclick=", "javascript:"] {
        let in_tag = html.split('<').skip(1).filter_map(|tag| tag.split('>').next());
        assert!(!in_tag.map(|tag| format!("<{tag}")).any(|tag| tag.contains(bad)), "{bad} in {html}");
    }
    for attribute in ["href=\"", "src=\"", "poster=\""] {
        for link in html.split(&format!(" {attribute}")).skip(1).filter_map(|rest| rest.split('"').next()) {
            let absolute = ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme));
            assert!(absolute, "{attribute}{link} leads nowhere in a feed reader");
        }
    }
}

fn check_children(element: &Element, required: &[&str], optional: &[&str], lists: &[&str]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for child in &element.children {
        *counts.entry(&child.name).or_default() += 1;
    }
    for name in required {
        assert_eq!(counts.get(name), Some(&1), "{name} in {}", element.name);
    }
    let containers = ["feed", "entry", "author"];
    for child in element.children.iter().filter(|child| !containers.contains(&child.name.as_str())) {
        assert!(child.children.is_empty(), "{} has elements in it", child.name);
    }
    for (name, count) in counts {
        let known = required.contains(&name) || lists.contains(&name) || optional.contains(&name) && count == 1;
        assert!(known, "{count} of {name} in {}", element.name);
    }
    assert!(element.text.trim().is_empty(), "text in {}: {}", element.name, element.text);
}

fn check_attributes(element: &Element, required: &[&str], optional: &[&str]) {
    for name in required {
        element.attribute(name);
    }
    for name in element.attributes.keys() {
        assert!(required.contains(&name.as_str()) || optional.contains(&name.as_str()), "{name} of {}", element.name);
    }
}

/// An absolute IRI without what no IRI has in it.
fn check_iri(text: &str) {
    let known = ["https://", "http://", "urn:uuid:", "tag:"].iter().any(|scheme| text.starts_with(scheme));
    let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    assert!(known && !text.contains(bad), "{text:?} is no absolute IRI");
}

/// Reads a document with namespaces; anything that XML 1.0 does not allow fails.
fn read(text: &str) -> Element {
    let is_xml =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>") && text.chars().all(is_xml));
    let mut reader = NsReader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().unwrap();
        match event {
            Event::Start(start) => open.push(element(&reader, &start)),
            Event::Empty(start) => {
                let element = element(&reader, &start);
                open.last_mut().unwrap().children.push(element);
            }
            Event::End(_) => {
                let element = open.pop().unwrap();
                open.last_mut().unwrap().children.push(element);
            }
            Event::Text(text) => {
                assert!(!text.contains("]]>"));
                open.last_mut().unwrap().text.push_str(&text.xml10_content());
            }
            Event::GeneralRef(reference) => {
                let c = match reference.into_inner().as_ref() {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    other => {
                        let number: u32 = other.strip_prefix('#').unwrap().parse().unwrap();
                        char::from_u32(number).filter(|c| is_xml(*c)).unwrap()
                    }
                };
                open.last_mut().unwrap().text.push(c);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} is not ours"),
        }
    }
    assert_eq!(open.len(), 1, "something was left open");
    let mut document = open.pop().unwrap();
    assert_eq!(document.children.len(), 1, "one root");
    document.children.pop().unwrap()
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Element {
    let named = |space: ResolveResult<'_>, local: &str, is_attribute: bool| match space {
        ResolveResult::Bound(space) if space.as_ref() == ATOM && !is_attribute => local.to_owned(),
        ResolveResult::Bound(space) if space.as_ref() == THREAD => format!("thr:{local}"),
        ResolveResult::Bound(space) if space.as_ref() == XML => format!("xml:{local}"),
        ResolveResult::Unbound if is_attribute => local.to_owned(),
        other => panic!("{local} is of {other:?}"),
    };
    let (space, local) = reader.resolver().resolve_element(start.name());
    let mut element = Element { name: named(space, local.as_ref(), false), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.unwrap();
        if attribute.key.as_ref() == "xmlns" || attribute.key.as_ref().starts_with("xmlns:") {
            continue;
        }
        let (space, local) = reader.resolver().resolve_attribute(attribute.key);
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap();
        element.attributes.insert(named(space, local.as_ref(), true), value.into_owned());
    }
    element
}

#[test]
fn the_check_finds_what_is_wrong() {
    let good = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" \
                xmlns:thr=\"http://purl.org/syndication/thread/1.0\"><id>https://b.example/f</id><title>T</title>\
                <updated>2026-03-01T08:00:00Z</updated><link rel=\"self\" href=\"https://b.example/f\"/>\
                <author><name>A</name></author><entry><id>urn:uuid:1</id><title>E</title>\
                <updated>2026-03-01T08:00:00Z</updated><content type=\"html\">&lt;p&gt;</content></entry></feed>";
    assert_eq!(check_atom(good), ["urn:uuid:1"]);
    for (part, by) in [
        ("<title>T</title>", ""),
        ("<title>T</title>", "<title>T</title><title>T</title>"),
        ("<name>A</name>", "<name> </name>"),
        ("<author><name>A</name></author>", ""),
        ("2026-03-01T08:00:00Z", "yesterday"),
        ("urn:uuid:1", "1"),
        ("rel=\"self\"", "rel=\"next\""),
        ("&lt;p&gt;", "&lt;a href=\"x\"&gt;"),
        ("&lt;p&gt;", "&lt;script&gt;"),
        ("&lt;p&gt;", "<p>x</p>"),
        ("</entry>", ""),
        ("<title>E", "<title>\u{1}"),
        ("xmlns=\"http://www.w3.org/2005/Atom\"", ""),
        ("<entry>", "<entry mood=\"x\"><mood/>"),
    ] {
        let bad = good.replacen(part, by, 1);
        assert_ne!(bad, good, "{part}");
        assert!(std::panic::catch_unwind(|| check_atom(&bad)).is_err(), "{by:?} for {part:?} was not found");
    }
}
