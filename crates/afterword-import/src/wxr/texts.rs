//! The texts of one post: addresses of the old blog in them, and its pictures.

use super::survey::Survey;
use crate::attributes::{Address, replace_addresses};
use crate::autolink::{link_addresses, link_lines};
use crate::media::{MediaRef, media_name};
use afterword_core::ids::PostPath;

/// Most addresses of one post that are told as leading nowhere.
const UNKNOWN_MAX: usize = 20;

/// Rewrites the texts of one post and keeps account.
pub(super) struct Texts<'a> {
    survey: &'a Survey,
    path: &'a PostPath,
    links: u64,
    pictures: u64,
    unknown: Vec<String>,
    media: Vec<MediaRef>,
}

impl<'a> Texts<'a> {
    pub(super) fn new(survey: &'a Survey, path: &'a PostPath) -> Self {
        Self { survey, path, links: 0, pictures: 0, unknown: Vec::new(), media: Vec::new() }
    }

    /// The text of the post itself.
    pub(super) fn post(&mut self, html: String) -> String {
        let html = link_lines(&html);
        replace_addresses(&html, |address| self.address(address, true)).unwrap_or(html)
    }

    /// The text of a comment, with paragraphs.
    pub(super) fn comment(&mut self, html: &str) -> String {
        let html = link_addresses(html);
        replace_addresses(&html, |address| self.address(address, false)).unwrap_or(html)
    }

    /// The addresses that lead to the old blog, and there to nothing that came over.
    pub(super) fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// How many links were rewritten, how many pictures of the old blog there are, and its files that the post needs.
    pub(super) fn finish(self) -> (u64, u64, Vec<MediaRef>) {
        (self.links, self.pictures, self.media)
    }

    fn address(&mut self, address: Address<'_>, of_post: bool) -> Option<String> {
        let url = address.url;
        if let Some(file) = self.survey.media_url(url) {
            if of_post {
                self.pictures += u64::from(address.is_picture());
                if !self.media.iter().any(|known| known.url == file) {
                    let name = media_name(&file, |name| self.media.iter().any(|known| known.name == name));
                    self.media.push(MediaRef { url: file, name });
                }
            }
        } else if !address.is_shown() {
            if let Some(new) = self.survey.new_address(url, self.path) {
                self.links += 1;
                return Some(new);
            }
            let is_old = self.survey.blog().locate(url).is_some();
            if of_post && is_old && self.unknown.len() < UNKNOWN_MAX && !self.unknown.iter().any(|known| known == url) {
                self.unknown.push(url.to_owned());
            }
        }
        // A path without a host would lead into the new site.
        if url.starts_with('/') { self.survey.blog().whole(url) } else { None }
    }
}
