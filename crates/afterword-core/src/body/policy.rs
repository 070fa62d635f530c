//! Who may say what: the lists of elements and attributes for comments and for posts.

use super::tag::{Attr, Tag};
use super::url::{SafeUrl, UrlKind};

/// What is kept of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub(super) place: Place,
    image_hosts: Vec<String>,
}

/// Whose text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A stranger's.
    Comment,
    /// The blog's own.
    Post,
}

impl Policy {
    /// For what strangers write.
    pub fn comment() -> Self {
        Self { place: Place::Comment, image_hosts: Vec::new() }
    }

    /// For what the blog's authors write: headings, figures, tables, the site's own pictures, sounds and films are
    /// kept as well.
    pub fn post() -> Self {
        Self { place: Place::Post, image_hosts: Vec::new() }
    }

    /// Shows pictures of these hosts too. A host is compared as a whole, in any case, without its port.
    #[must_use]
    pub fn with_image_hosts(mut self, hosts: &[String]) -> Self {
        self.image_hosts = hosts.to_vec();
        self
    }

    /// Whether this picture is loaded, or only linked to.
    pub(super) fn shows(&self, picture: &SafeUrl) -> bool {
        match picture.kind() {
            UrlKind::Relative => self.place == Place::Post,
            UrlKind::Web => {
                let host = picture.host().unwrap_or("");
                self.image_hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host))
            }
            UrlKind::Mail | UrlKind::Fragment => false,
        }
    }

    /// The `rel` of a link: search engines do not count strangers' links, and no page gets a hold on ours.
    pub(super) fn rel(&self, url: &SafeUrl) -> Option<&'static str> {
        match (self.place, url.kind()) {
            (Place::Comment, _) => Some("ugc nofollow noopener"),
            (Place::Post, UrlKind::Web) => Some("noopener"),
            (Place::Post, UrlKind::Mail | UrlKind::Relative | UrlKind::Fragment) => None,
        }
    }
}

/// What is done with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// It is kept, perhaps under another name.
    Keep(Tag),
    /// A heading in a comment becomes a paragraph in bold.
    Heading,
    /// A link, or the place that a link leads to.
    Link,
    /// Kept when it says something.
    Span,
    /// It is dropped and its content kept.
    Unwrap,
    /// A table cell in a comment: dropped, but the words stay apart.
    Space,
    /// `img`.
    Picture,
    /// A foreign page or player, named by this attribute: becomes a link.
    Card(&'static str),
    /// A frame: a card, and what is in it is for browsers of long ago.
    Frame,
    /// `param` of an `object`, which may name a film.
    Param,
    /// `audio`, `video`.
    Media(Tag),
    /// `source`, `track`.
    MediaPart(Tag),
    /// Dropped with its content, which is raw text.
    Raw,
    /// Dropped with its content, which ends where a script ends.
    Script,
    /// Dropped with its content, which is markup.
    Template,
    /// Its content is text with character references.
    Textarea,
    /// Its content is text without, and set like code.
    Xmp,
    /// All that follows is text.
    Plaintext,
    /// `svg`, `math`: dropped, content kept; in it, `/>` ends an element.
    Foreign,
}

/// Longest name that has a rule: `blockquote`, `figcaption`.
const NAME_BYTES_MAX: usize = 10;

/// What is done with the element of this name, in any case.
pub(super) fn rule(place: Place, name: &str) -> Rule {
    let mut lower = [0; NAME_BYTES_MAX];
    let Some(lower) = lower.get_mut(..name.len()) else { return Rule::Unwrap };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    if let Some((_, rule)) = RULES.iter().find(|(name, _)| name.as_bytes() == lower) {
        return *rule;
    }
    match (place, Tag::from_name(lower)) {
        (_, None) if lower == b"h1" => match place {
            Place::Comment => Rule::Heading,
            Place::Post => Rule::Keep(Tag::H2),
        },
        (_, None) => Rule::Unwrap,
        (Place::Comment, Some(tag)) => comment_rule(tag),
        (Place::Post, Some(tag)) => Rule::Keep(tag),
    }
}

/// Names that mean the same in posts and comments and are no tags of ours, or need more than being kept. A table and a
/// walk through it, because code for 50 names is several times as large.
const RULES: &[(&str, Rule)] = &[
    ("a", Rule::Link),
    ("span", Rule::Span),
    ("img", Rule::Picture),
    ("image", Rule::Picture),
    ("script", Rule::Script),
    ("style", Rule::Raw),
    ("title", Rule::Raw),
    ("noembed", Rule::Raw),
    ("noframes", Rule::Raw),
    ("iframe", Rule::Frame),
    ("embed", Rule::Card("src")),
    ("object", Rule::Card("data")),
    ("param", Rule::Param),
    ("textarea", Rule::Textarea),
    ("xmp", Rule::Xmp),
    ("plaintext", Rule::Plaintext),
    ("template", Rule::Template),
    ("svg", Rule::Foreign),
    ("math", Rule::Foreign),
    ("audio", Rule::Media(Tag::Audio)),
    ("video", Rule::Media(Tag::Video)),
    ("source", Rule::MediaPart(Tag::Source)),
    ("track", Rule::MediaPart(Tag::Track)),
    ("article", Rule::Keep(Tag::Div)),
    ("section", Rule::Keep(Tag::Div)),
    ("header", Rule::Keep(Tag::Div)),
    ("footer", Rule::Keep(Tag::Div)),
    ("main", Rule::Keep(Tag::Div)),
    ("aside", Rule::Keep(Tag::Div)),
    ("nav", Rule::Keep(Tag::Div)),
    ("address", Rule::Keep(Tag::Div)),
    ("center", Rule::Keep(Tag::Div)),
    ("form", Rule::Keep(Tag::Div)),
    ("fieldset", Rule::Keep(Tag::Div)),
    ("hgroup", Rule::Keep(Tag::Div)),
    ("dialog", Rule::Keep(Tag::Div)),
    ("search", Rule::Keep(Tag::Div)),
    ("dir", Rule::Keep(Tag::Ul)),
    ("menu", Rule::Keep(Tag::Ul)),
    ("listing", Rule::Keep(Tag::Pre)),
    ("strike", Rule::Keep(Tag::S)),
    ("tt", Rule::Keep(Tag::Code)),
    ("acronym", Rule::Keep(Tag::Abbr)),
];

/// What posts have and comments do not.
fn comment_rule(tag: Tag) -> Rule {
    match tag {
        tag if tag.is_heading() => Rule::Heading,
        Tag::Td | Tag::Th => Rule::Space,
        Tag::Tbody | Tag::Tfoot | Tag::Thead => Rule::Unwrap,
        Tag::Table | Tag::Tr | Tag::Caption | Tag::Figure | Tag::Figcaption | Tag::Details | Tag::Summary => {
            Rule::Keep(Tag::Div)
        }
        tag => Rule::Keep(tag),
    }
}

/// Whether an element keeps this attribute. Addresses of pictures and players have rules of their own.
pub(super) fn keeps(place: Place, tag: Tag, attr: Attr) -> bool {
    match attr {
        Attr::Lang | Attr::Dir => true,
        Attr::Id => place == Place::Post,
        Attr::Href => tag == Tag::A,
        Attr::Title => matches!(tag, Tag::A | Tag::Abbr | Tag::Dfn | Tag::Img),
        Attr::Class => tag == Tag::Code,
        Attr::Datetime => matches!(tag, Tag::Time | Tag::Del | Tag::Ins),
        Attr::Start | Attr::Reversed => tag == Tag::Ol,
        Attr::Colspan | Attr::Rowspan => matches!(tag, Tag::Td | Tag::Th),
        Attr::Scope => tag == Tag::Th,
        Attr::Width | Attr::Height => matches!(tag, Tag::Img | Tag::Video),
        Attr::Alt => tag == Tag::Img,
        Attr::Src => matches!(tag, Tag::Img | Tag::Audio | Tag::Video | Tag::Source | Tag::Track),
        Attr::Poster => tag == Tag::Video,
        Attr::Kind | Attr::Srclang | Attr::Label => tag == Tag::Track,
        Attr::Type => tag == Tag::Source,
        Attr::Open => tag == Tag::Details,
        // Set by us, never taken over.
        Attr::Rel | Attr::Loading | Attr::Controls => false,
    }
}
