//! `site.json`.

use super::address::split_origin;
use super::error::DecodeError;
use super::fields::{Fields, Notes, Place};
use crate::json::items::{ItemReader, RootError};
use crate::json::{Value, parse};
use afterword_core::body::url::check_author_link;
use afterword_core::model::{BackEnd, ByHand, Decoded, NavLink, Site, WarningKind};
use afterword_core::rows::View;
use afterword_core::thread::Order;

/// What a site may begin with: a view that leaves comments out, or guesses, is for readers to choose.
const SITE_VIEWS: [View; 2] = [View::Threaded, View::Flat];

/// Reads `site.json`.
///
/// # Errors
/// When it is no JSON object. Here a file that is damaged is not read in part: it is short, its owner wrote it, and
/// half of a configuration is worse than a clear message.
pub fn decode_site(bytes: &[u8]) -> Result<Decoded<Site>, DecodeError> {
    let document = match parse(bytes) {
        Ok(document @ Value::Object(_)) => document,
        Ok(other) => return Err(DecodeError::WrongRoot { found: other.kind() }),
        Err(error) => {
            return Err(match ItemReader::new(bytes).finish().root {
                Some(root @ (RootError::Empty | RootError::Html)) => root.into(),
                Some(RootError::Other(_) | RootError::Json(_)) | None => error.into(),
            });
        }
    };
    let mut notes = Notes::default();
    let mut fields = Fields::new(document, Place::ROOT, &mut notes);
    let person = fields.value("author");
    let of_person = |key| {
        let text = person.as_ref().and_then(|person| person.get(key)).and_then(Value::as_str);
        text.filter(|text| !text.trim().is_empty()).map(str::to_owned)
    };
    let (author_about, author_picture) = (of_person("about"), of_person("avatar"));
    let author = person.map(|author| fields.author("author", author));
    let author = author.or_else(|| fields.authors().into_iter().next());
    let mut defaults = fields.object("defaults");
    let order = defaults.one_of("order", &Order::ALL.map(|order| (order.name(), order))).unwrap_or_default();
    let view = defaults.one_of("view", &SITE_VIEWS.map(|view| (view.name(), view))).unwrap_or_default();
    let site = Site {
        title: fields.text("title").unwrap_or_default(),
        description: fields.filled_text("description"),
        url: site_url(&mut fields),
        base_path: base_path(&fields.text("base_path").unwrap_or_default()),
        language: fields.filled_text("language"),
        author,
        order,
        view,
        back_end: back_end(&mut fields),
        image_hosts: image_hosts(&mut fields),
        author_about,
        author_picture,
        navigation: navigation(&mut fields),
        footer: fields.filled_text("footer"),
        posts_per_page: fields.count("posts_per_page").filter(|posts| *posts > 0),
    };
    Ok(Decoded { value: site, warnings: notes.into_warnings() })
}

/// An absolute web address with a closing slash.
fn site_url(fields: &mut Fields<'_>) -> Option<String> {
    let mut url = fields.filled_text("url")?.trim().to_owned();
    if split_origin(&url).is_none() {
        fields.note("url", WarningKind::UrlRefused);
        return None;
    }
    if !url.ends_with('/') {
        url.push('/');
    }
    Some(url)
}

/// A path with slashes at both ends.
fn base_path(given: &str) -> String {
    match given.trim().trim_matches('/') {
        "" => "/".to_owned(),
        inner => format!("/{inner}/"),
    }
}

fn navigation(fields: &mut Fields<'_>) -> Vec<NavLink> {
    let mut links = Vec::new();
    for link in fields.list("navigation") {
        let text = |key| link.get(key).and_then(Value::as_str).map(str::to_owned);
        match (text("title"), text("url")) {
            (Some(title), Some(url)) => links.push(NavLink { title, url }),
            _ => fields.note("navigation", WarningKind::WrongType),
        }
    }
    links
}

fn image_hosts(fields: &mut Fields<'_>) -> Vec<String> {
    let mut hosts = Vec::new();
    for host in fields.list("image_hosts") {
        match host {
            Value::String(host) => hosts.push(host.trim().to_ascii_lowercase()),
            _ => fields.note("image_hosts", WarningKind::WrongType),
        }
    }
    hosts
}

/// The words for where new comments go, and what they mean.
const BACK_ENDS: [(&str, Kind); 2] = [(ISSO, Kind::Isso), (BY_HAND, Kind::ByHand)];
pub(super) const ISSO: &str = "isso";
pub(super) const BY_HAND: &str = "by-hand";

#[derive(Clone, Copy)]
enum Kind {
    Isso,
    ByHand,
}

/// Where new comments go. What cannot be used is noted; a way that cannot be used at all is none.
fn back_end(fields: &mut Fields<'_>) -> BackEnd {
    let mut comments = fields.object("comments");
    match comments.one_of("kind", &BACK_ENDS) {
        None => BackEnd::None,
        Some(Kind::Isso) => endpoint(&mut comments).map_or(BackEnd::None, BackEnd::Isso),
        Some(Kind::ByHand) => {
            let by_hand = by_hand(&mut comments);
            if by_hand == ByHand::default() {
                comments.note("", WarningKind::WrongType);
                return BackEnd::None;
            }
            BackEnd::ByHand(by_hand)
        }
    }
}

/// The absolute address of a server, with a closing slash; a query or fragment behind it would garble every request.
fn endpoint(fields: &mut Fields<'_>) -> Option<String> {
    const KEY: &str = "endpoint";
    let given = fields.filled_text(KEY);
    let sound = given.as_deref().and_then(check_author_link);
    let Some(url) = sound.filter(|url| !url.as_str().contains(['?', '#'])) else {
        fields.note(KEY, WarningKind::UrlRefused);
        return None;
    };
    let url = url.as_str();
    Some(if url.ends_with('/') { url.to_owned() } else { format!("{url}/") })
}

fn by_hand(fields: &mut Fields<'_>) -> ByHand {
    let mail = fields.filled_text("mail").map(|mail| mail.trim().to_owned());
    let sound = mail.filter(|mail| {
        let sound = is_mail(mail);
        if !sound {
            fields.note("mail", WarningKind::UrlRefused);
        }
        sound
    });
    ByHand { mail: sound, link: prefilled_link(fields), copy: fields.flag("copy"), download: fields.flag("download") }
}

/// The words of a link and its address, in which `{title}`, `{text}` and `{url}` may stand behind the host.
fn prefilled_link(fields: &mut Fields<'_>) -> Option<(String, String)> {
    const KEY: &str = "link";
    let link = fields.value(KEY)?;
    let text = |key| link.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let (Some(title), Some(url)) = (text("title"), text("url")) else {
        fields.note(KEY, WarningKind::WrongType);
        return None;
    };
    let Some(url) = check_author_link(url) else {
        fields.note(KEY, WarningKind::UrlRefused);
        return None;
    };
    Some((title.to_owned(), url.as_str().to_owned()))
}

/// Whether a text can stand behind `mailto:` and lead to one mailbox: nothing in it that begins another address or a
/// field of the letter.
fn is_mail(text: &str) -> bool {
    let sound = |c: char| c > ' ' && !c.is_control() && !c.is_whitespace() && !"?&#%,;:<>()[]\"\\/".contains(c);
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !host.contains('@') && text.chars().all(sound)
    })
}
