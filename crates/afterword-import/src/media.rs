//! Files that texts refer to, and their names beside a post.

use crate::place::hash;
use crate::slug::decode_percent;

/// A file of the old blog that a post shows or links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRef {
    /// Where it is, with scheme and host.
    pub url: String,
    /// What it will be called beside the post: letters of any script, digits, `-`, `_` and `.`.
    pub name: String,
}

/// Extensions of files that can lie beside a post: pictures, sounds, films and documents. No SVG: it can hold scripts,
/// which would run with the rights of the site.
#[rustfmt::skip]
const EXTENSIONS: [&str; 26] = [
    "jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "bmp", "ico", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac",
    "aac", "mp4", "m4v", "webm", "ogv", "mov", "pdf", "tif", "tiff", "heic",
];

/// Longest name without its extension, in bytes: file systems stop at 255, and numbers and endings are added.
const NAME_BYTES_MAX: usize = 100;

/// Whether an address is that of a file, by its name.
pub(crate) fn is_media(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, found)| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(found)))
}

/// A name for a file that lies beside a post. Names that are taken there get the start of a hash of the address.
pub(crate) fn media_name(url: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = path.rsplit('/').next().unwrap_or_default();
    let last = decode_percent(last).unwrap_or_else(|| last.to_owned());
    let (stem, extension) = last.rsplit_once('.').unwrap_or((&last, "bin"));
    let sound = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let stem: String = stem.trim_start_matches('.').chars().map(sound).collect();
    let stem = &stem[..stem.floor_char_boundary(NAME_BYTES_MAX)];
    let stem = if stem.is_empty() { "file" } else { stem };
    let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let name = format!("{stem}.{extension}");
    // File systems that do not tell cases apart exist.
    if is_taken(&name) || is_taken(&name.to_lowercase()) {
        return format!("{stem}-{:06x}.{extension}", hash(url) & 0xff_ffff);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_each_is_given_once() {
        let check = |url: &str, expected: &str| assert_eq!(media_name(url, |_| false), expected, "{url}");
        check("https://old.example/u/2012/01/My%20Bench.JPG?w=3", "My-Bench.jpg");
        check("https://old.example/u/%e2%98%83-gr%c3%b6%c3%9fe.png", "--größe.png");
        check("https://old.example/u/..%2f..%2fetc.png", "-..-etc.png");
        check("https://old.example/u/.png", "file.png");
        let taken = media_name("https://old.example/b/a.jpg", |name| name == "a.jpg");
        assert!(taken.starts_with("a-") && taken.ends_with(".jpg") && taken.len() == "a-012345.jpg".len(), "{taken}");
    }

    #[test]
    fn files_are_told_by_their_names() {
        for (url, expected) in
            [("/a.jpg", true), ("/a.JPG?x", true), ("/a.svg", false), ("/a.php?f=b.jpg", false), ("/jpg", false)]
        {
            assert_eq!(is_media(url), expected, "{url}");
        }
    }
}
