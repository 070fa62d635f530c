//! Old addresses of an imported blog: `redirects.json` says where their posts are now.

use crate::platform::http::fetch_bytes;
use crate::platform::location;
use crate::session::Session;
use afterword_adapters::json::{Value, parse};

/// Goes to where the page's address leads now, if it is an old one; gives whether it is.
///
/// Old addresses are looked up as they were below the root of their host, with and without the folder in which the site
/// lies now: `/2012/hello/`, `/?p=12`. A query that nobody knows (those who share links glue theirs on) is no hindrance.
pub async fn follow(session: Session) -> bool {
    let base = session.base();
    let Some(asked) = base.below() else { return false };
    let Ok(bytes) = fetch_bytes(&base.join("redirects.json")).await else { return false };
    let Ok(redirects) = parse(&bytes) else { return false };
    let found = asked.iter().find_map(|old| {
        let path = old.split('?').next().filter(|path| *path != "/").unwrap_or_default();
        target(&redirects, old).or_else(|| target(&redirects, path))
    });
    let Some(path) = found else { return false };
    location::replace(&base.join(path));
    true
}

/// The path that an old address leads to: one below the site's base, and nothing else.
fn target<'a>(redirects: &'a Value, old: &str) -> Option<&'a str> {
    let decoded = location::decoded(old);
    let candidates = [old, &decoded].map(|old| {
        let slash_less = old.trim_end_matches('/');
        let keys = [old, slash_less, &format!("{slash_less}/")].map(|key| redirects.get(key).and_then(Value::as_str));
        keys.into_iter().flatten().next()
    });
    let path = candidates.into_iter().flatten().next()?;
    let is_below = !path.starts_with('/') && !path.contains([':', '\\']);
    is_below.then_some(path)
}
