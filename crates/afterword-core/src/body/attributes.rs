//! Reads attributes and lets through those that an element may keep, with values that make sense.

use super::builder::Attrs;
use super::entities::{Source, decode};
use super::policy::{Place, Policy, keeps};
use super::tag::{Attr, Tag};
use super::tokenizer::StartTag;
use super::url::{SafeUrl, UrlKind, check_image, check_link};

/// Longest attribute name of those in [`Attr`].
const NAME_BYTES_MAX: usize = 10;

/// Longest `id` kept, in bytes: footnotes need some 20, headings their whole text.
const ID_BYTES_MAX: usize = 200;

/// Longest language tag, date, media type and the like, in bytes.
const TOKEN_BYTES_MAX: usize = 64;

/// What the ids of a post begin with, so that they never meet those of the page around it.
pub(super) const ID_PREFIX: &str = "post-";

/// Largest width, height, start or span. Browsers cut spans at 1,000 themselves.
const NUMBER_MAX: u32 = 100_000;
const SPAN_MAX: u32 = 1000;

/// The decoded value of the first attribute of this name (in lower case).
pub(super) fn find(start: &StartTag<'_>, wanted: &str) -> Option<String> {
    let (_, value) = start.attributes().find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    Some(decoded(value))
}

fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    decode(value, Source::Attribute, &mut out);
    out
}

/// Checks a link. In posts `//host` is taken for `https://host`, which is what it meant in the years it was written.
pub(super) fn link(policy: &Policy, url: &str) -> Option<SafeUrl> {
    let trimmed = url.trim_matches(|c: char| c <= ' ');
    if policy.place == Place::Post && trimmed.starts_with("//") {
        let mut url = String::from("https:");
        url.push_str(trimmed);
        return check_link(&url);
    }
    check_link(trimmed)
}

/// Checks the address of a picture, sound or film.
pub(super) fn picture(policy: &Policy, url: &str) -> Option<SafeUrl> {
    link(policy, url).and_then(|url| check_image(url.as_str()))
}

/// The attributes that an element of this kind keeps, in their order, each once.
pub(super) fn kept(policy: &Policy, tag: Tag, start: &StartTag<'_>) -> Attrs {
    let mut attrs = Attrs::new();
    // As in a parser, only the first of a name counts, even when it is refused.
    let mut seen = 0_u32;
    for (name, raw) in start.attributes() {
        let Some(attr) = attr_named(tag, name) else { continue };
        let bit = 1 << attr as u32;
        if seen & bit == 0 && keeps(policy.place, tag, attr) {
            seen |= bit;
            if let Some(value) = value(policy, attr, decoded(raw)) {
                attrs.push((attr, value));
            }
        }
    }
    attrs
}

fn attr_named(tag: Tag, name: &str) -> Option<Attr> {
    let mut lower = [0; NAME_BYTES_MAX];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    if tag == Tag::A && lower == b"name" {
        // Before there were ids everywhere, `<a name>` was the place that a link could lead to.
        return Some(Attr::Id);
    }
    Attr::from_name(lower)
}

fn value(policy: &Policy, attr: Attr, value: String) -> Option<String> {
    match attr {
        Attr::Href => link(policy, &value).map(|url| url.as_str().to_owned()),
        Attr::Poster => shown(policy, &value),
        Attr::Src => Some(value),
        Attr::Alt | Attr::Title | Attr::Label => Some(value),
        Attr::Id => id(&value),
        Attr::Class => code_class(&value),
        Attr::Lang | Attr::Srclang => token(value, |byte| byte.is_ascii_alphanumeric() || byte == b'-'),
        Attr::Dir => one_of(&value, &["ltr", "rtl", "auto"]),
        Attr::Datetime => token(value, |byte| byte.is_ascii_alphanumeric() || b"+-:. ".contains(&byte)),
        Attr::Type => token(value, |byte| byte.is_ascii_alphanumeric() || b"/+-.;=, \"'".contains(&byte)),
        Attr::Start | Attr::Width | Attr::Height => number(&value, NUMBER_MAX),
        Attr::Colspan | Attr::Rowspan => number(&value, SPAN_MAX),
        Attr::Scope => one_of(&value, &["row", "col", "rowgroup", "colgroup"]),
        Attr::Kind => one_of(&value, &["subtitles", "captions", "descriptions", "chapters"]),
        Attr::Reversed | Attr::Open => Some(String::new()),
        Attr::Rel | Attr::Loading | Attr::Controls => None,
    }
}

/// The address of a picture, sound or film that may be loaded.
pub(super) fn shown(policy: &Policy, value: &str) -> Option<String> {
    picture(policy, value).filter(|url| policy.shows(url)).map(|url| url.as_str().to_owned())
}

fn id(value: &str) -> Option<String> {
    let sound = !value.is_empty() && value.len() <= ID_BYTES_MAX && !value.contains(|c: char| c <= ' ');
    sound.then(|| prefixed(value))
}

/// The id under which a place in a post is found.
pub(super) fn prefixed(id: &str) -> String {
    let mut out = String::new();
    if !id.starts_with(ID_PREFIX) {
        out.push_str(ID_PREFIX);
    }
    out.push_str(id);
    out
}

/// Of all classes only the language of a piece of code, as Markdown writes it: `language-rust`.
fn code_class(value: &str) -> Option<String> {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-_+#.".contains(&byte);
    let is_language = |class: &&str| {
        class.strip_prefix("language-").is_some_and(|name| !name.is_empty() && name.bytes().all(sound))
            && class.len() <= TOKEN_BYTES_MAX
    };
    value.split_ascii_whitespace().find(is_language).map(str::to_owned)
}

fn token(value: String, sound: impl Fn(u8) -> bool) -> Option<String> {
    (!value.is_empty() && value.len() <= TOKEN_BYTES_MAX && value.bytes().all(sound)).then_some(value)
}

fn one_of(value: &str, allowed: &[&str]) -> Option<String> {
    allowed.iter().find(|one| value.eq_ignore_ascii_case(one)).map(|one| (*one).to_owned())
}

fn number(value: &str, max: u32) -> Option<String> {
    let value = value.trim();
    let sound = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| value.parse().ok()).flatten().filter(|n: &u32| *n <= max).map(|_| value.to_owned())
}

/// The host and path of a web address, or the address itself: what a reader wants to see of it.
pub(super) fn label(url: &SafeUrl) -> &str {
    let text = url.as_str();
    match url.kind() {
        UrlKind::Web => text.split_once("//").map_or(text, |(_, rest)| rest),
        UrlKind::Mail | UrlKind::Relative | UrlKind::Fragment => text,
    }
}
