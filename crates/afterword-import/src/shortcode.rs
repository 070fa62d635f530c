//! Short codes of WordPress's own (`[gallery ids="1,2"]`): what they stand for is put in their place.
//!
//! Codes of plugins and themes are left as they are and named. Parsing follows `get_shortcode_regex` and
//! `shortcode_parse_atts` of WordPress: a code ends at the first `]`, `[[code]]` is the code as mere text.

use crate::attributes::escape;
use crate::library::{Library, MediaFile};
use crate::markup::{Kind, Scanner};
use std::collections::HashMap;

/// Longest code: a gallery names each of its pictures, and nobody looks at two thousand in a row.
const CODE_BYTES_MAX: usize = 16 * 1024;

/// How much codes may add to a text: a thousand galleries of all pictures are no post.
const EXPANDED_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The codes that are known here.
const KNOWN: [&str; 7] = ["caption", "wp_caption", "gallery", "embed", "audio", "video", "playlist"];

/// Most names of foreign codes that are told for one text.
const FOREIGN_MAX: usize = 8;

/// A text with its codes worked out.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Expanded {
    pub(crate) text: String,
    /// Names of codes that stay in the text, each once.
    pub(crate) kept: Vec<String>,
}

/// One code.
struct Code<'a> {
    name: &'a str,
    attributes: Vec<(String, String)>,
    /// What stands between it and its end, if it has one.
    inside: Option<&'a str>,
    /// The length of all of it.
    len: usize,
}

/// Works out the codes in a text. `number` is the post's own, for galleries of all its pictures.
pub(crate) fn expand(text: &str, number: &str, library: &Library) -> Expanded {
    if !text.contains('[') {
        return Expanded { text: text.to_owned(), kept: Vec::new() };
    }
    let ends = ends(text);
    let mut expanded = Expanded { text: String::with_capacity(text.len()), kept: Vec::new() };
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        expanded.text.push_str(&rest[..at]);
        rest = &rest[at..];
        // `[[gallery]]` shows `[gallery]`.
        let start = text.len() - rest.len();
        if rest.starts_with("[[")
            && let Some(code) = code(text, start + 1, &ends)
            && rest[1 + code.len..].starts_with(']')
            && KNOWN.contains(&code.name)
        {
            expanded.text.push_str(&rest[1..=code.len]);
            rest = &rest[code.len + 2..];
            continue;
        }
        let Some(code) = code(text, start, &ends) else {
            expanded.text.push('[');
            rest = &rest[1..];
            continue;
        };
        let is_grown = expanded.text.len() > 4 * text.len() + EXPANDED_BYTES_MAX;
        match if is_grown { None } else { render(&code, number, library) } {
            Some(html) => {
                rest = put_block(&mut expanded.text, &html, &rest[code.len..]);
            }
            None => {
                let name = code.name.to_ascii_lowercase();
                let is_code = KNOWN.contains(&code.name) || !code.attributes.is_empty() || ends.contains_key(code.name);
                if is_code && expanded.kept.len() < FOREIGN_MAX && !expanded.kept.contains(&name) {
                    expanded.kept.push(name);
                }
                // What stands between the brackets nobody saw on the old blog; an address for letters is not shown now.
                let open = rest.find(']').map_or(1, |end| end + 1);
                if is_code && rest[..open].contains('@') {
                    put_without_addresses(&rest[..open], &mut expanded.text);
                    rest = &rest[open..];
                } else {
                    expanded.text.push('[');
                    rest = &rest[1..];
                }
            }
        }
    }
    expanded.text.push_str(rest);
    expanded
}

/// Puts words into the text with `…` in the place of e-mail addresses.
fn put_without_addresses(words: &str, out: &mut String) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '=' | ',' | ';' | '[' | ']' | '<' | '>');
    for word in words.split_inclusive(ends) {
        let bare = word.trim_end_matches(ends);
        out.push_str(if bare.contains('@') { "…" } else { bare });
        out.push_str(&word[bare.len()..]);
    }
}

/// Puts a block into the text. A paragraph of nothing but the code goes, as in WordPress.
fn put_block<'a>(out: &mut String, html: &str, after: &'a str) -> &'a str {
    let before = out.trim_end();
    let opened = before.ends_with("<p>").then(|| before.len() - "<p>".len());
    match (opened, after.trim_start().strip_prefix("</p>")) {
        (Some(len), Some(after)) => {
            out.truncate(len);
            out.push_str(html);
            after
        }
        (Some(_) | None, _) => {
            out.push_str(html);
            after
        }
    }
}

/// The places of the end marks (`[/name]`) in the text, by name.
fn ends(text: &str) -> HashMap<&str, Vec<usize>> {
    let mut ends: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, _) in text.match_indices("[/") {
        let name = &text[at + 2..];
        let len = name.bytes().take_while(|byte| is_name(*byte)).count();
        if name[len..].starts_with(']') {
            ends.entry(&name[..len]).or_default().push(at);
        }
    }
    ends
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The code that begins at this place of a text.
fn code<'a>(text: &'a str, start: usize, ends: &HashMap<&str, Vec<usize>>) -> Option<Code<'a>> {
    let inner = text[start..].strip_prefix('[')?;
    let name_len = inner.bytes().take_while(|byte| is_name(*byte)).count();
    let name = &inner[..name_len];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let close = inner.bytes().take(CODE_BYTES_MAX).skip(name_len).position(|byte| matches!(byte, b']' | b'['))?;
    let close = name_len + close;
    let words = inner.get(name_len..close).filter(|_| inner[close..].starts_with(']'))?;
    if !words.is_empty() && !words.starts_with(|c: char| c.is_whitespace() || c == '/') {
        return None;
    }
    let behind = start + 1 + close + 1;
    let alone = words.ends_with('/');
    let attributes = attributes(words.strip_suffix('/').unwrap_or(words))?;
    let code = Code { name, attributes, inside: None, len: behind - start };
    if alone || !KNOWN.contains(&name) {
        return Some(code);
    }
    // The next end mark belongs to this code unless another of its name begins before it.
    let end = ends.get(name).and_then(|places| places.get(places.partition_point(|place| *place < behind)));
    let again = text[behind..].find(&format!("[{name}")).map(|len| behind + len);
    Some(match end.filter(|end| again.is_none_or(|again| **end < again)) {
        Some(end) => {
            let len = end + "[/]".len() + name.len() - start;
            Code { inside: Some(&text[behind..*end]), len, ..code }
        }
        None => code,
    })
}

/// `key="value"`, `key='value'`, `key=value`. Words without a key have an empty one. `None` for prose in brackets.
fn attributes(words: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut rest = words.trim();
    while !rest.is_empty() {
        let key_len = rest.bytes().take_while(|byte| is_name(*byte)).count();
        let (key, after) = rest.split_at(key_len);
        let value = after.trim_start().strip_prefix('=').map(str::trim_start);
        let (key, value) = match value {
            Some(value) if !key.is_empty() => (key, value),
            Some(_) | None => ("", rest),
        };
        let (value, after) = match value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
            Some(quote) => value[1..].split_once(quote)?,
            None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        found.push((key.to_ascii_lowercase(), value.to_owned()));
        rest = after.trim_start();
    }
    let is_prose = found.iter().all(|(key, _)| key.is_empty());
    Some(if is_prose { Vec::new() } else { found })
}

impl Code<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.trim()).filter(|v| !v.is_empty())
    }
}

/// The markup that a code stands for; `None` when it is none of WordPress's, or when what it needs is not there.
fn render(code: &Code<'_>, number: &str, library: &Library) -> Option<String> {
    match code.name {
        "caption" | "wp_caption" => figure(code.inside?, code.get("caption")),
        "gallery" => gallery(code, number, library),
        "embed" => {
            let url = code.inside.map(str::trim).filter(|url| !url.is_empty()).or(code.get("src"))?;
            Some(format!("<p>{}</p>", link(url, url)))
        }
        "audio" => player(code, "audio", number, library),
        "video" => player(code, "video", number, library),
        "playlist" => playlist(code, number, library),
        _ => None,
    }
}

/// A picture, with a link around it or without, and its caption: behind it, or in an attribute as before WordPress 3.4.
/// `None` when there is no picture; without a caption the picture alone.
fn figure(inside: &str, caption: Option<&str>) -> Option<String> {
    let mut picture_end = None;
    let mut at = 0;
    for token in Scanner::new(inside) {
        at += token.raw.len();
        match token.kind {
            Kind::Open if token.name.eq_ignore_ascii_case("img") => picture_end = Some(at),
            Kind::Close if picture_end.is_some() && token.name.eq_ignore_ascii_case("a") => picture_end = Some(at),
            Kind::Text if picture_end.is_some() && !token.raw.trim().is_empty() => break,
            Kind::Open | Kind::Close | Kind::Comment | Kind::Text => {}
        }
    }
    let (picture, behind) = inside.split_at(picture_end?);
    let caption = caption.unwrap_or(behind).trim();
    let picture = picture.trim();
    Some(if caption.is_empty() {
        format!("<figure>{picture}</figure>")
    } else {
        format!("<figure>{picture}<figcaption>{caption}</figcaption></figure>")
    })
}

/// The files that a code names, or else those of the post.
fn files<'a>(code: &Code<'_>, number: &str, library: &'a Library, fits: fn(&str) -> bool) -> Vec<&'a MediaFile> {
    let numbers = |list: &str| -> Vec<u64> { list.split(',').filter_map(|id| id.trim().parse().ok()).collect() };
    let named = code.get("ids").or(code.get("include"));
    let found = match named {
        Some(list) => numbers(list).into_iter().filter_map(|id| library.by_number(id)).collect(),
        None => {
            let without = code.get("exclude").map(numbers).unwrap_or_default();
            let of_post = code.get("id").unwrap_or(number).parse().map(|id| library.of_post(id)).unwrap_or_default();
            of_post.into_iter().filter(|file| !without.contains(&file.number)).collect::<Vec<_>>()
        }
    };
    found.into_iter().filter(|file| fits(&file.url)).collect()
}

fn gallery(code: &Code<'_>, number: &str, library: &Library) -> Option<String> {
    let pictures = files(code, number, library, is_picture);
    let figures = pictures.iter().map(|file| {
        let alt = if file.alt.is_empty() { &file.caption } else { &file.alt };
        let picture = format!("<img src=\"{}\" alt=\"{}\">", escape(&file.url), escape(alt));
        let caption = match file.caption.as_ref() {
            "" => String::new(),
            caption => format!("<figcaption>{}</figcaption>", escape(caption)),
        };
        format!("<figure>{picture}{caption}</figure>")
    });
    Some(figures.collect::<Vec<_>>().join("\n")).filter(|html| !html.is_empty())
}

fn player(code: &Code<'_>, element: &str, number: &str, library: &Library) -> Option<String> {
    const SOURCES: [&str; 11] = ["src", "mp3", "m4a", "ogg", "wav", "flac", "wma", "mp4", "m4v", "webm", "ogv"];
    let fits = if element == "audio" { is_sound } else { is_film };
    let inside = code.inside.map(str::trim).filter(|url| url.starts_with("http"));
    let named = SOURCES.iter().find_map(|key| code.get(key)).or(inside);
    let url = match named {
        Some(url) => url,
        None => &files(code, number, library, fits).first()?.url,
    };
    let poster = code.get("poster").map(|poster| format!(" poster=\"{}\"", escape(poster))).unwrap_or_default();
    Some(format!("<figure><{element} controls src=\"{}\"{poster}></{element}></figure>", escape(url)))
}

fn playlist(code: &Code<'_>, number: &str, library: &Library) -> Option<String> {
    let fits = if code.get("type") == Some("video") { is_film } else { is_sound };
    let entries = files(code, number, library, fits).into_iter().map(|file| {
        let title = if file.title.is_empty() { &file.url } else { &file.title };
        format!("<li>{}</li>", link(&file.url, title))
    });
    let list = entries.collect::<String>();
    (!list.is_empty()).then(|| format!("<ul>{list}</ul>"))
}

fn link(url: &str, words: &str) -> String {
    let url = crate::text::decode_references(url);
    format!("<a href=\"{}\">{}</a>", escape(&url), escape(&crate::text::decode_references(words)))
}

fn has_extension(url: &str, extensions: &[&str]) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.rsplit_once('.').is_some_and(|(_, found)| extensions.iter().any(|known| known.eq_ignore_ascii_case(found)))
}

fn is_picture(url: &str) -> bool {
    has_extension(url, &["jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "bmp", "ico", "heic", "svg"])
}

fn is_sound(url: &str) -> bool {
    has_extension(url, &["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "wma", "aac"])
}

fn is_film(url: &str) -> bool {
    has_extension(url, &["mp4", "m4v", "webm", "ogv", "mov", "wmv", "avi", "flv"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Library {
        let file = |number, url: &str, caption: &str, parent| MediaFile {
            number,
            parent,
            url: format!("https://old.example/u/{url}").into(),
            alt: if number == 1 { "A \"bench\"".into() } else { Box::default() },
            caption: caption.into(),
            title: format!("T{number}").into(),
        };
        let files = [
            file(1, "a.jpg", "", 7),
            file(2, "b.png", "Two & more", 7),
            file(3, "c.mp3", "", 7),
            file(4, "d.jpg", "", 8),
        ];
        Library::new(files.into())
    }

    fn check(text: &str, expected: &str, kept: &[&str]) {
        let expanded = expand(text, "7", &library());
        assert_eq!(expanded.text.replace("https://old.example/u/", "U/"), expected, "{text:?}");
        assert_eq!(expanded.kept, kept, "{text:?}");
    }

    const A: &str = "<figure><img src=\"U/a.jpg\" alt=\"A &quot;bench&quot;\"></figure>";
    const B: &str =
        "<figure><img src=\"U/b.png\" alt=\"Two &amp; more\"><figcaption>Two &amp; more</figcaption></figure>";

    #[test]
    fn galleries() {
        check("[gallery ids=\"2,1\"]", &format!("{B}\n{A}"), &[]);
        check("[gallery]", &format!("{A}\n{B}"), &[]);
        check("[gallery exclude='2' columns=3 /]", A, &[]);
        check("x\n[gallery id=8]\ny", "x\n<figure><img src=\"U/d.jpg\" alt=\"\"></figure>\ny", &[]);
        check("<p>[gallery ids=1]</p>", A, &[]);
        check("[gallery ids=\"99\"]", "[gallery ids=\"99\"]", &["gallery"]);
    }

    #[test]
    fn captions() {
        check(
            "[caption id=\"a\" width=\"3\"]<a href=\"b\"><img src=\"c\" /></a> My <em>bench</em>[/caption]",
            "<figure><a href=\"b\"><img src=\"c\" /></a><figcaption>My <em>bench</em></figcaption></figure>",
            &[],
        );
        check(
            "[caption caption=\"Old form\"]<img src=\"c\">[/caption][caption]<img src=\"d\">[/caption]",
            "<figure><img src=\"c\"><figcaption>Old form</figcaption></figure><figure><img src=\"d\"></figure>",
            &[],
        );
        check("[caption id=\"a\"]No picture[/caption]", "[caption id=\"a\"]No picture[/caption]", &["caption"]);
        check("[caption id=\"a\"]<img> Never ends", "[caption id=\"a\"]<img> Never ends", &["caption"]);
    }

    #[test]
    fn players_and_links() {
        check(
            "[embed width=3]https://v.example/?a&amp;b[/embed]",
            "<p><a href=\"https://v.example/?a&amp;b\">https://v.example/?a&amp;b</a></p>",
            &[],
        );
        check(
            "[audio mp3=\"https://x.example/a.mp3\"][/audio]",
            "<figure><audio controls src=\"https://x.example/a.mp3\"></audio></figure>",
            &[],
        );
        check("[audio]", "<figure><audio controls src=\"U/c.mp3\"></audio></figure>", &[]);
        check(
            "[video src='a.mp4' poster=p.jpg]",
            "<figure><video controls src=\"a.mp4\" poster=\"p.jpg\"></video></figure>",
            &[],
        );
        check("[video]", "[video]", &["video"]);
        check("[playlist ids=\"3\"]", "<ul><li><a href=\"U/c.mp3\">T3</a></li></ul>", &[]);
    }

    #[test]
    fn foreign_codes_stay_and_are_named() {
        check(
            "[contact-form-7 id=\"1\"] [spoiler]x[/spoiler]",
            "[contact-form-7 id=\"1\"] [spoiler]x[/spoiler]",
            &["contact-form-7", "spoiler"],
        );
        check("[form to=\"a@b.example, c\" x=d@e]", "[form to=\"…, c\" x=…]", &["form"]);
        check("[box a=1][gallery ids=1][/box]", &format!("[box a=1]{A}[/box]"), &["box"]);
        check("[[gallery ids=1]] [[audio]x[/audio]]", "[gallery ids=1] [audio]x[/audio]", &[]);
    }

    #[test]
    fn words_in_brackets_are_no_codes() {
        for text in [
            "[sic] [...] [1] a[i] [ gallery]",
            "[galleryish] [see above]",
            "[",
            "[]",
            "[gallery",
            "[gallery [x]",
            "[a \"b]",
        ] {
            check(text, text, &[]);
        }
    }

    #[test]
    fn hostile_texts_take_little_time() {
        for unit in
            ["[", "[caption ", "[caption a=1]", "[a b=c]", "[[gallery", "[/caption]", "[embed]x", "[gallery a=[b=c]"]
        {
            let text = unit.repeat(400_000 / unit.len());
            let whole = format!("{text}[/caption][/embed]");
            assert!(expand(&whole, "7", &library()).text.len() <= whole.len() + 1000, "{unit:?}");
        }
    }
}
