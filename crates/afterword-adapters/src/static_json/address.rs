//! Addresses of files: just enough of RFC 3986 to find the next page.

/// The scheme and host of an absolute web address in a form that can be compared, and what follows them.
pub(crate) fn split_origin(address: &str) -> Option<(String, &str)> {
    let colon = address.find(':')?;
    let rest = address.get(colon..)?.strip_prefix("://")?;
    let host_len = rest.bytes().position(|byte| b"/?#\\".contains(&byte)).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(host_len)?;
    let mut origin = address.get(..colon)?.to_ascii_lowercase();
    let default_port = match origin.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let host = host.to_ascii_lowercase();
    origin.push_str("://");
    origin.push_str(host.strip_suffix(default_port).unwrap_or(&host));
    Some((origin, path))
}

/// The scheme, host and port of an absolute web address, as a policy names them: `https://comments.example:8080`.
pub fn origin_of(address: &str) -> Option<String> {
    split_origin(address).map(|(origin, _)| origin)
}

/// Where `reference` leads from the file at `base`, which is absolute or a path; the fragment is dropped. `None` if it
/// is no address of a file: another scheme than http and https, or empty.
pub fn resolve(base: &str, reference: &str) -> Option<String> {
    let mut reference = reference.trim();
    if let Some(fragment) = reference.find('#') {
        reference = reference.get(..fragment)?;
    }
    // Browsers take a backslash for a slash: so does this, or `/\host` would pass for a path.
    let reference = reference.replace('\\', "/");
    if reference.is_empty() {
        return None;
    }
    if let Some((mut origin, path)) = split_origin(&reference) {
        push_normal(path, &mut origin);
        return Some(origin);
    }
    let (mut address, base_path) = split_origin(base).unwrap_or((String::new(), base));
    if let Some(rest) = reference.strip_prefix("//") {
        let scheme_len = address.find(':').unwrap_or(0);
        let scheme = address.get(..scheme_len).filter(|scheme| !scheme.is_empty()).unwrap_or("https");
        let (mut origin, path) = split_origin(&[scheme, "://", rest].concat()).map(|(o, p)| (o, p.to_owned()))?;
        push_normal(&path, &mut origin);
        return Some(origin);
    }
    if has_scheme(&reference) {
        return None;
    }
    let base_len = base_path.bytes().position(|byte| b"?#".contains(&byte)).unwrap_or(base_path.len());
    let base_path = base_path.get(..base_len)?;
    // What of the base stays: nothing, the whole path before a query, or the folder.
    let kept_len = match reference.as_bytes() {
        [b'/', ..] => 0,
        [b'?', ..] => base_len,
        _ => base_path.rfind('/').map_or(0, |slash| slash + 1),
    };
    push_normal(&[base_path.get(..kept_len)?, &reference].concat(), &mut address);
    Some(address)
}

/// Whether an address begins with a scheme, such as `data:`.
fn has_scheme(address: &str) -> bool {
    let scheme_len = address.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !b"+-.".contains(&byte));
    scheme_len.is_some_and(|len| len > 0 && address.as_bytes().get(len) == Some(&b':'))
}

/// Adds a path with `.` and `..` worked out, its query left as it is. It cannot climb above its root.
fn push_normal(path: &str, address: &mut String) {
    let path_len = path.find('?').unwrap_or(path.len());
    let (path, query) = path.split_at_checked(path_len).unwrap_or((path, ""));
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_in_folder = false;
    for part in path.split('/') {
        ends_in_folder = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => {
                // The empty part before a leading slash stays.
                if parts.last().is_some_and(|last| !last.is_empty()) {
                    parts.pop();
                }
            }
            part => parts.push(part),
        }
    }
    if ends_in_folder {
        parts.push("");
    }
    address.push_str(&parts.join("/"));
    address.push_str(query);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        let check = |base: &str, reference: &str, expected: Option<&str>| {
            assert_eq!(resolve(base, reference).as_deref(), expected, "{reference:?} from {base:?}");
        };
        let page = "https://blog.example/a/posts/x/comments.json?v=1";
        check(page, "comments/2.json", Some("https://blog.example/a/posts/x/comments/2.json"));
        check(page, "../y/./c.json?p=2#top", Some("https://blog.example/a/posts/y/c.json?p=2"));
        check(page, "/c.json", Some("https://blog.example/c.json"));
        check(page, "?page=2", Some("https://blog.example/a/posts/x/comments.json?page=2"));
        check(page, "../../../../../../etc", Some("https://blog.example/etc"));
        check(page, "..", Some("https://blog.example/a/posts/"));
        check(page, "//Other.example/c", Some("https://other.example/c"));
        check(page, "\\\\other.example/c", Some("https://other.example/c"));
        check(page, "/\\other.example/c", Some("https://other.example/c"));
        check(page, "HTTPS://Blog.Example:443/c", Some("https://blog.example/c"));
        check(page, "a:b", None);
        check(page, "data:application/json,{}", None);
        check(page, "  ", None);
        check(page, "#top", None);
        check("/sub/posts/x/comments.json", "comments/2.json", Some("/sub/posts/x/comments/2.json"));
        check("posts/x/comments.json", "2.json", Some("posts/x/2.json"));
        check("comments.json", "2.json", Some("2.json"));
        check("comments.json", "https://a.example/2.json", Some("https://a.example/2.json"));
    }
}
