//! The media library of the old blog: its pictures, sounds, films and documents, by number, post and address.

use crate::place::hash;
use std::collections::HashMap;

/// A file of the media library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MediaFile {
    /// Its number among everything of the blog; 0 when unknown.
    pub(crate) number: u64,
    /// The number of the post it was uploaded for; 0 for none.
    pub(crate) parent: u64,
    /// Its address.
    pub(crate) url: Box<str>,
    /// What it shows, for those who do not see it.
    pub(crate) alt: Box<str>,
    /// The words below it.
    pub(crate) caption: Box<str>,
    /// Its name in the library.
    pub(crate) title: Box<str>,
}

/// All files of a media library.
#[derive(Debug, Default)]
pub(crate) struct Library {
    files: Vec<MediaFile>,
    by_number: HashMap<u64, u32>,
    by_address: HashMap<u64, u32>,
    /// Post and file, sorted.
    of_posts: Vec<(u64, u32)>,
}

impl Library {
    pub(crate) fn new(files: Vec<MediaFile>) -> Self {
        let mut library = Self::default();
        for (index, file) in (0_u32..).zip(&files) {
            library.by_number.entry(file.number).or_insert(index);
            library.by_address.entry(hash(bare(&file.url))).or_insert(index);
            if file.parent != 0 {
                library.of_posts.push((file.parent, index));
            }
        }
        library.of_posts.sort_unstable();
        library.files = files;
        library
    }

    pub(crate) fn get(&self, index: u32) -> Option<&MediaFile> {
        self.files.get(index as usize)
    }

    pub(crate) fn by_number(&self, number: u64) -> Option<&MediaFile> {
        self.files.get(*self.by_number.get(&number)? as usize)
    }

    /// The file at an address, or the file that it is a smaller version of (`a-300x200.jpg`).
    pub(crate) fn by_address(&self, url: &str) -> Option<&MediaFile> {
        let at = |url: &str| self.files.get(*self.by_address.get(&hash(bare(url)))? as usize);
        let url = url.split(['?', '#']).next().unwrap_or(url);
        // WordPress 5.3 and later keep pictures beyond 2,560 pixels in a smaller version, which is in the library.
        at(url).or_else(|| {
            let whole = without_size(url)?;
            let (stem, extension) = whole.rsplit_once('.')?;
            at(&whole).or_else(|| at(&format!("{stem}-scaled.{extension}")))
        })
    }

    /// The files uploaded for a post, in the order of the export.
    pub(crate) fn of_post(&self, number: u64) -> Vec<&MediaFile> {
        let start = self.of_posts.partition_point(|(post, _)| *post < number);
        let of_post = self.of_posts[start..].iter().take_while(|(post, _)| *post == number);
        of_post.filter_map(|(_, index)| self.files.get(*index as usize)).collect()
    }
}

/// An address without scheme and `www.`, which old blogs write one way and another.
fn bare(url: &str) -> &str {
    let url = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches("//");
    url.strip_prefix("www.").unwrap_or(url)
}

/// `a-300x200.jpg` without its size.
fn without_size(url: &str) -> Option<String> {
    let (stem, extension) = url.rsplit_once('.')?;
    let (whole, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    (number(width) && number(height)).then(|| format!("{whole}.{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_under_all_its_addresses() {
        let file = |number, url: &str| MediaFile { number, url: url.into(), parent: 3, ..MediaFile::default() };
        let library = Library::new(vec![
            file(1, "https://www.old.example/u/a.jpg"),
            file(2, "http://old.example/u/b-scaled.jpg"),
        ]);
        let check = |url: &str, number: Option<u64>| {
            assert_eq!(library.by_address(url).map(|file| file.number), number, "{url}");
        };
        check("https://www.old.example/u/a.jpg", Some(1));
        check("//old.example/u/a.jpg?ver=2", Some(1));
        check("http://old.example/u/a-300x200.jpg", Some(1));
        check("http://old.example/u/b-1024x768.jpg", Some(2));
        check("http://old.example/u/c.jpg", None);
        check("http://old.example/u/a-x200.jpg", None);
        let numbers: Vec<u64> = library.of_post(3).iter().map(|file| file.number).collect();
        assert_eq!(numbers, [1, 2]);
        assert!(library.of_post(4).is_empty());
    }
}
