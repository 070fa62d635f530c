//! Drives the tokenizer, asks the policy, tells the builder.

use super::attributes::{self, ID_PREFIX};
use super::builder::{Attrs, Builder};
use super::entities::{Source, decode};
use super::policy::{Place, Policy, Rule, rule};
use super::tag::{Attr, Tag};
use super::tokenizer::{StartTag, Token, Tokenizer};
use super::tree::Node;
use super::url::{SafeUrl, UrlKind};

/// Most ids kept in one post: footnotes and headings. Each is compared with the others.
const IDS_MAX: usize = 1000;

/// A picture of this size or less is there to count readers.
const TRACKING_PIXELS_MAX: u32 = 1;

pub(super) fn sanitize_html(html: &str, policy: &Policy) -> Vec<Node> {
    let mut sanitizer = Sanitizer {
        policy,
        tokens: Tokenizer::new(html),
        builder: Builder::new(),
        foreign: 0,
        templates: 0,
        media: None,
        last_card: String::new(),
        ids: Vec::new(),
        decoded: String::new(),
    };
    while let Some(token) = sanitizer.tokens.next() {
        match token {
            Token::Text(text) => sanitizer.text(text, Source::Text),
            Token::Start(start) => sanitizer.start(&start),
            Token::End(name) => sanitizer.end(name),
        }
    }
    let mut nodes = sanitizer.builder.finish();
    point_at_ids(&mut nodes, &sanitizer.ids);
    nodes
}

/// A player that is open.
struct Media {
    tag: Tag,
    attrs: Attrs,
    fate: Fate,
}

/// What has become of a player.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// No source has been seen yet.
    Open,
    /// It is kept.
    Kept,
    /// It has become a link.
    Linked,
}

struct Sanitizer<'a> {
    policy: &'a Policy,
    tokens: Tokenizer<'a>,
    builder: Builder,
    /// How many `svg` and `math` are open.
    foreign: u32,
    /// How many `template` are open; nothing in them is kept.
    templates: u32,
    media: Option<Media>,
    /// The address of the last link card: players of old name theirs three times.
    last_card: String,
    /// The ids of the post, sorted.
    ids: Vec<String>,
    decoded: String,
}

impl Sanitizer<'_> {
    fn text(&mut self, text: &str, source: Source) {
        if self.templates > 0 || self.media.is_some() {
            return;
        }
        self.decoded.clear();
        decode(text, source, &mut self.decoded);
        if !self.decoded.is_empty() {
            self.builder.text(&self.decoded);
        }
    }

    fn start(&mut self, start: &StartTag<'_>) {
        let rule = rule(self.policy.place, start.name);
        if self.foreign > 0 && start.self_closing && matches!(rule, Rule::Raw | Rule::Script) {
            return;
        }
        // These change how the rest is cut, so they count even where nothing is kept.
        match rule {
            Rule::Raw => {
                self.tokens.take_raw(start.name);
                return;
            }
            Rule::Script => {
                self.tokens.take_script();
                return;
            }
            Rule::Template => {
                self.templates += 1;
                return;
            }
            Rule::Textarea => {
                let text = self.tokens.take_raw(start.name);
                return self.text(text, Source::Text);
            }
            Rule::Xmp => {
                let text = self.tokens.take_raw(start.name);
                return self.preformatted(text);
            }
            Rule::Plaintext => {
                let text = self.tokens.take_rest();
                return self.preformatted(text);
            }
            Rule::Frame => {
                self.tokens.take_raw(start.name);
            }
            _ => {}
        }
        if self.templates > 0 {
            return;
        }
        if self.media.is_some() {
            if let Rule::MediaPart(tag) = rule {
                self.media_part(tag, start);
            }
            return;
        }
        self.element(rule, start);
    }

    fn element(&mut self, rule: Rule, start: &StartTag<'_>) {
        match rule {
            Rule::Keep(tag) => {
                let attrs = self.kept(tag, start);
                self.builder.open(tag, attrs);
            }
            Rule::Heading => self.builder.open_heading(),
            Rule::Link => self.link(start),
            Rule::Span => {
                let attrs = self.kept(Tag::Span, start);
                if attrs.is_empty() {
                    self.builder.drop_span();
                } else {
                    self.builder.open(Tag::Span, attrs);
                }
            }
            Rule::Space => self.builder.space(),
            Rule::Picture => self.picture(start),
            Rule::Card(attribute) => self.card(start, attribute),
            Rule::Frame => self.card(start, "src"),
            Rule::Param => {
                let name = attributes::find(start, "name").unwrap_or_default();
                if name.eq_ignore_ascii_case("movie") || name.eq_ignore_ascii_case("src") {
                    self.card(start, "value");
                }
            }
            Rule::Media(tag) => self.media(tag, start),
            Rule::Foreign => self.foreign += u32::from(!start.self_closing),
            // The first is for parts without their player; the others have been dealt with.
            Rule::MediaPart(_)
            | Rule::Unwrap
            | Rule::Raw
            | Rule::Script
            | Rule::Template
            | Rule::Textarea
            | Rule::Xmp
            | Rule::Plaintext => {}
        }
    }

    fn end(&mut self, name: &str) {
        let rule = rule(self.policy.place, name);
        if let Rule::Template = rule {
            self.templates = self.templates.saturating_sub(1);
            return;
        }
        if self.templates > 0 {
            return;
        }
        if self.media.is_some() {
            if let Rule::Media(tag) = rule
                && let Some(media) = self.media.take_if(|media| media.tag == tag)
                && media.fate == Fate::Kept
            {
                self.builder.close(tag);
            }
            return;
        }
        match rule {
            Rule::Keep(Tag::Br) => self.builder.open(Tag::Br, Attrs::new()),
            Rule::Keep(tag) if !tag.is_void() => self.builder.close(tag),
            Rule::Heading => self.builder.close_heading(),
            Rule::Link => self.builder.close(Tag::A),
            Rule::Span => self.builder.close(Tag::Span),
            Rule::Space => self.builder.space(),
            Rule::Foreign => self.foreign = self.foreign.saturating_sub(1),
            Rule::Keep(_)
            | Rule::Unwrap
            | Rule::Picture
            | Rule::Card(_)
            | Rule::Frame
            | Rule::Param
            | Rule::Media(_)
            | Rule::MediaPart(_)
            | Rule::Raw
            | Rule::Script
            | Rule::Template
            | Rule::Textarea
            | Rule::Xmp
            | Rule::Plaintext => {}
        }
    }

    /// Kept attributes, with an id only if it is the first of its name.
    fn kept(&mut self, tag: Tag, start: &StartTag<'_>) -> Attrs {
        let mut attrs = attributes::kept(self.policy, tag, start);
        if let Some(at) = attrs.iter().position(|(attr, _)| *attr == Attr::Id) {
            let id = attrs.get(at).map_or("", |(_, id)| id.as_str());
            match self.ids.binary_search_by(|known| known.as_str().cmp(id)) {
                Err(place) if self.ids.len() < IDS_MAX => self.ids.insert(place, id.to_owned()),
                Ok(_) | Err(_) => {
                    attrs.remove(at);
                }
            }
        }
        attrs
    }

    fn preformatted(&mut self, text: &str) {
        if self.templates > 0 || self.media.is_some() {
            return;
        }
        self.builder.open(Tag::Pre, Attrs::new());
        // What `pre` would swallow counts here.
        self.builder.keep_line_break();
        self.text(text, Source::Raw);
        self.builder.close(Tag::Pre);
    }

    fn link(&mut self, start: &StartTag<'_>) {
        let mut attrs = self.kept(Tag::A, start);
        let href = attrs.iter().find(|(attr, _)| *attr == Attr::Href).map(|(_, href)| href.as_str());
        if let Some(url) = href.and_then(|href| attributes::link(self.policy, href)) {
            if let Some(rel) = self.policy.rel(&url) {
                attrs.push((Attr::Rel, rel.to_owned()));
            }
            self.builder.open(Tag::A, attrs);
            return;
        }
        // A link always ends the one before it, also when it leads nowhere.
        self.builder.close(Tag::A);
        attrs.retain(|(attr, _)| *attr == Attr::Id);
        if !attrs.is_empty() {
            self.builder.open(Tag::Span, attrs);
            self.builder.close(Tag::Span);
        }
    }

    /// A link that we put, with a text.
    fn put_link(&mut self, url: &SafeUrl, text: &str) {
        if self.builder.has_open(Tag::A) {
            return self.builder.text(text);
        }
        let mut attrs = vec![(Attr::Href, url.as_str().to_owned())];
        if let Some(rel) = self.policy.rel(url) {
            attrs.push((Attr::Rel, rel.to_owned()));
        }
        self.builder.open(Tag::A, attrs);
        self.builder.text(text);
        self.builder.close(Tag::A);
    }

    fn picture(&mut self, start: &StartTag<'_>) {
        let mut attrs = self.kept(Tag::Img, start);
        let take = |attr: Attr| attrs.iter().find(|(name, _)| *name == attr).map(|(_, value)| value.as_str());
        let pixels = |attr: Attr| take(attr).and_then(|value| value.parse::<u32>().ok());
        let is_tiny = |attr: Attr| pixels(attr).is_some_and(|pixels| pixels <= TRACKING_PIXELS_MAX);
        if is_tiny(Attr::Width) && is_tiny(Attr::Height) {
            return;
        }
        let alt = take(Attr::Alt).unwrap_or("").trim().to_owned();
        let class = attributes::find(start, "class").unwrap_or_default();
        let is_smiley = class.contains("emoji") || class.contains("smiley");
        let url = take(Attr::Src).and_then(|src| attributes::picture(self.policy, src));
        match url {
            Some(url) if self.policy.shows(&url) => {
                for (attr, value) in &mut attrs {
                    if *attr == Attr::Src {
                        *value = url.as_str().to_owned();
                    }
                }
                attrs.push((Attr::Loading, "lazy".to_owned()));
                self.builder.open(Tag::Img, attrs);
            }
            Some(url) if !is_smiley => {
                let text = if alt.is_empty() { file_name(&url) } else { &alt };
                self.put_link(&url, text);
            }
            Some(_) | None => {
                if !alt.is_empty() {
                    self.builder.text(&alt);
                }
            }
        }
    }

    /// A link in place of a foreign page or player.
    fn card(&mut self, start: &StartTag<'_>, attribute: &str) {
        let Some(address) = attributes::find(start, attribute) else { return };
        let Some(url) = attributes::picture(self.policy, &address) else { return };
        if self.last_card == url.as_str() {
            return;
        }
        let title = attributes::find(start, "title").unwrap_or_default();
        self.put_card(&url, title.trim());
    }

    fn put_card(&mut self, url: &SafeUrl, title: &str) {
        self.last_card.clear();
        self.last_card.push_str(url.as_str());
        let text = if title.is_empty() { attributes::label(url) } else { title };
        let in_line = self.builder.in_line();
        if !in_line {
            self.builder.open(Tag::P, Attrs::new());
        }
        self.put_link(url, text);
        if !in_line {
            self.builder.close(Tag::P);
        }
    }

    fn media(&mut self, tag: Tag, start: &StartTag<'_>) {
        let mut attrs = self.kept(tag, start);
        attrs.retain(|(attr, _)| *attr != Attr::Src);
        self.media = Some(Media { tag, attrs, fate: Fate::Open });
        if let Some(src) = attributes::find(start, "src") {
            self.media_source(&src, true);
        }
    }

    /// A player has named a file: the first one decides whether it is kept. Gives whether this file is played.
    fn media_source(&mut self, src: &str, on_player: bool) -> bool {
        let Some(url) = attributes::picture(self.policy, src) else { return false };
        let is_own = self.policy.place == Place::Post && url.kind() == UrlKind::Relative;
        let Some(media) = self.media.as_mut() else { return false };
        match media.fate {
            Fate::Open if is_own => {
                media.fate = Fate::Kept;
                let mut attrs = Attrs::new();
                if on_player {
                    attrs.push((Attr::Src, url.as_str().to_owned()));
                }
                attrs.append(&mut media.attrs);
                attrs.push((Attr::Controls, String::new()));
                self.builder.open(media.tag, attrs);
                true
            }
            Fate::Open => {
                media.fate = Fate::Linked;
                self.put_card(&url, "");
                false
            }
            Fate::Kept => is_own,
            Fate::Linked => false,
        }
    }

    fn media_part(&mut self, tag: Tag, start: &StartTag<'_>) {
        let Some(src) = attributes::find(start, "src") else { return };
        let is_played = match tag {
            Tag::Source => self.media_source(&src, false),
            _ => self.media.as_ref().is_some_and(|media| media.fate == Fate::Kept),
        } && self.media.as_ref().is_some_and(|media| self.builder.is_in(media.tag));
        let Some(url) = attributes::picture(self.policy, &src).filter(|url| url.kind() == UrlKind::Relative) else {
            return;
        };
        if is_played {
            let mut attrs = self.kept(tag, start);
            attrs.retain(|(attr, _)| *attr != Attr::Src);
            attrs.insert(0, (Attr::Src, url.as_str().to_owned()));
            self.builder.open(tag, attrs);
        }
    }
}

/// What a link to a picture without words is called: the last part of its path, or else the whole address.
fn file_name(url: &SafeUrl) -> &str {
    let label = attributes::label(url);
    let path = label.split(['?', '#']).next().unwrap_or(label);
    path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(label)
}

/// Lets links within a post point to the ids as they are called now.
fn point_at_ids(nodes: &mut [Node], ids: &[String]) {
    if ids.is_empty() {
        return;
    }
    for node in nodes {
        let Node::Element(element) = node else { continue };
        for (attr, value) in &mut element.attrs {
            if *attr == Attr::Href
                && let Some(place) = value.strip_prefix('#')
                && !place.starts_with(ID_PREFIX)
                && let Ok(found) = ids.binary_search(&attributes::prefixed(place))
                && let Some(id) = ids.get(found)
            {
                value.truncate(1);
                value.push_str(id);
            }
        }
    }
}
