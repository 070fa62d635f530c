//! `site.json`.

use super::address::split_origin;
use super::error::DecodeError;
use super::fields::{Fields, Notes, Place};
use crate::json::items::{ItemReader, RootError};
use crate::json::{Value, parse};
use afterword_core::model::{BackEnd, Decoded, NavLink, Site, WarningKind};
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
        back_end: BackEnd::None,
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
